/** Which dialect a machine speaks, from the few replies that tell. Pure; the caller remembers the answer. */
import { isRecord, type Replies, type ReplyRecord, recordOf, recordsOf, statusOf, textOf } from './parsing/replies.ts';
import type { Dialect } from './snapshot.ts';
import type { ReadingCommand } from './transport/reading-commands.ts';

/** Asked one after the other until the replies tell. A Whatsminer refuses the first and names itself in the refusal. */
export const IDENTIFYING_COMMANDS = ['version', 'stats', 'summary'] as const satisfies readonly ReadingCommand[];

const hasKey = (record: ReplyRecord, pattern: RegExp) => Object.keys(record).some((key) => pattern.test(key));

/**
 * Replies may be refusals: their `Description` names the firmware as well. `null` when nothing known speaks from them. Firmware is asked
 * before make, since LuxOS, Vnish and Braiins OS run on machines whose type they keep.
 */
export function identify(replies: Replies): Dialect | null {
  const version = recordOf(replies, 'version', 'VERSION');
  const stats = recordsOf(replies, 'stats', 'STATS');
  const info = replies.stats?.INFO;
  const described = Object.values(replies).flatMap((reply) => (isRecord(reply) ? (textOf(statusOf(reply).Description) ?? []) : []));
  const isDescribed = (pattern: RegExp) => described.some((text) => pattern.test(text));
  const types = [version, ...stats, ...(isRecord(info) ? [info] : [])].flatMap((record) => textOf(record.Type ?? record.type) ?? []);
  const isOfType = (pattern: RegExp) => types.some((text) => pattern.test(text));
  const ids = stats.flatMap(({ ID: id }) => textOf(id) ?? []);

  if (hasKey(version, /^LUXminer$/) || isDescribed(/^LUXminer\b/)) return 'luxos';
  if (hasKey(version, /^BOS(?:miner\+?|er)$/) || isDescribed(/^BOS(?:miner|er)\b/)) return 'braiins';
  if (isOfType(/vnish/i) || stats.some((record) => record.build_version !== undefined && record.chain_acn1 !== undefined)) return 'vnish';
  if (/avalon/i.test(textOf(version.PROD) ?? '') || ids.some((id) => /^AV(?:A|\d|$)/.test(id))) return 'avalon';
  if (isOfType(/antminer|^braiins-am/i) || stats.some((record) => record.chain_acn1 !== undefined)) return 'antminer';
  if (isDescribed(/whatsminer|btminer/i) || ids.some((id) => /^SM\d/.test(id))) return 'whatsminer';
  // Nobody else writes the status as a bare letter.
  if (Object.values(replies).some((reply) => typeof reply?.STATUS === 'string' && typeof reply.Code === 'number')) return 'whatsminer';
  if (replies['get.device.info'] !== undefined || replies['get.miner.status'] !== undefined) return 'whatsminer';
  const summary = recordOf(replies, 'summary', 'SUMMARY');
  return summary['Fan Speed In'] !== undefined || summary['Power Mode'] !== undefined ? 'whatsminer' : null;
}
