/** Replies of one machine by the command that they answer, and access to their sections without trust in their shape. */
import type { ReadingCommand } from '../transport/reading-commands.ts';

export type ReplyRecord = Readonly<Record<string, unknown>>;

/** Understood replies only; a command that was not asked, or was denied, is absent. */
export type Replies = Readonly<Partial<Record<ReadingCommand, ReplyRecord>>>;

/** No machine has as many boards, pools or fans; what sends more is not listed to its end. */
const MAX_RECORDS = 64;

export function isRecord(value: unknown): value is ReplyRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The records of a section such as `SUMMARY`, of the first of the commands that has it; an object in place of a list is a list of one. */
export function recordsOf(replies: Replies, commands: ReadingCommand | readonly ReadingCommand[], section: string): readonly ReplyRecord[] {
  for (const command of typeof commands === 'string' ? [commands] : commands) {
    const value = replies[command]?.[section];
    if (isRecord(value)) return [value];
    if (Array.isArray(value)) return value.slice(0, MAX_RECORDS).filter(isRecord);
  }
  return [];
}

/** The one record of a section, or an empty one: absent fields read as not reported. */
export function recordOf(replies: Replies, commands: ReadingCommand | readonly ReadingCommand[], section: string): ReplyRecord {
  return recordsOf(replies, commands, section)[0] ?? {};
}

/** The `STATUS` of a reply in its three forms: a list, an object, or a bare letter with its fields beside it (Whatsminer). */
export function statusOf(reply: ReplyRecord): ReplyRecord {
  const status = reply.STATUS;
  if (isRecord(status)) return status;
  if (Array.isArray(status)) return isRecord(status[0]) ? status[0] : {};
  return reply;
}

/** Text of a field without control characters, cut to `maxLength`; `null` when it is empty or no text. */
export function textOf(value: unknown, maxLength = 120): string | null {
  if (typeof value !== 'string') return null;
  const text = value
    .slice(0, 4 * maxLength)
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  return text === '' ? null : text.slice(0, maxLength);
}

/** Firmware writes true and false as words, in any case, or as such; `null` for anything else. */
export function flagOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  const word = textOf(value)?.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : null;
}
