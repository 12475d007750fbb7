/** From the bytes of one reply to what it says, or to which of two things is wrong with it. Pure. */

import { repairJson } from './repair-json.ts';
import { isRecord, type ReplyRecord, statusOf, textOf } from './replies.ts';

/**
 * - `denied`: the machine understood the question and refused it (unknown command, no permission, mining process down); `body` says by whom.
 * - `garbled`: not JSON even after repair, or JSON that is no reply.
 */
export type ParsedReply =
  | { kind: 'reply'; body: ReplyRecord }
  | { kind: 'denied'; detail: string; code: number | null; body: ReplyRecord }
  | { kind: 'garbled'; detail: string };

/** Error and fatal; success, information and warning come with data. */
const REFUSALS = new Set(['E', 'F']);
/** Success in Whatsminer API v3, which has a `code` in place of `STATUS`. */
const V3_SUCCESS = 0;

/** Bytes of a whole reply, framing included but for a length prefix. Trailing NULs are not part of the document. */
export function parseReply(bytes: Uint8Array): ParsedReply {
  const body = parseDocument(new TextDecoder().decode(withoutTrailingNuls(bytes)));
  if (body === undefined) return { kind: 'garbled', detail: bytes.length === 0 ? 'an empty reply' : 'not JSON, and beyond repair' };
  if (!isRecord(body)) return { kind: 'garbled', detail: 'JSON, but not an object' };
  return judgeStatus(body);
}

/** Is it a correct document as it stands? Asked of a reply that ended neither by NUL nor by close: repair could complete it wrongly. */
export function isWholeDocument(bytes: Uint8Array): boolean {
  try {
    return isRecord(JSON.parse(new TextDecoder().decode(withoutTrailingNuls(bytes))));
  } catch {
    return false;
  }
}

/**
 * The parts of an answer to joined commands: `{"summary":[{...}],"pools":[{...}],"id":1}`. `null` when it has none of them, as when the
 * firmware took the joined name for a command of its own.
 */
export function splitJoined<Command extends string>(
  body: ReplyRecord,
  commands: readonly Command[],
): { command: Command; reply: ParsedReply }[] | null {
  const parts = commands.flatMap((command) => {
    const part = Array.isArray(body[command]) ? (body[command] as unknown[])[0] : body[command];
    return isRecord(part) ? [{ command, reply: judgeStatus(part) }] : [];
  });
  return parts.length > 0 ? parts : null;
}

function judgeStatus(body: ReplyRecord): ParsedReply {
  const status = statusOf(body);
  const letter = typeof status.STATUS === 'string' ? status.STATUS : null;
  const isRefused = letter !== null ? REFUSALS.has(letter) : typeof body.code === 'number' && body.code !== V3_SUCCESS;
  if (!isRefused) return { kind: 'reply', body };
  const code = status.Code ?? body.code;
  const message = textOf(status.Msg) ?? textOf(body.msg) ?? 'no reason given';
  if (typeof code !== 'number') return { kind: 'denied', detail: message, code: null, body };
  return { kind: 'denied', detail: `${message} (code ${code})`, code, body };
}

function parseDocument(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const repaired = repairJson(text);
    return repaired === null ? undefined : JSON.parse(repaired);
  }
}

function withoutTrailingNuls(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return bytes.subarray(0, end);
}
