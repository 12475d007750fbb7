/** How a dialect is spoken: what a command is answered with, and what goes around it on the wire. */
import type { MachineAct } from '../acts.ts';
import type { Moment } from '../moment.ts';
import { type Fields, type Spacing, type Value, writeJson } from './wire.ts';

/** One command as it came, names in lower case as the firmware compares them; `parameter` is '' when there was none. */
export type Command = { name: string; parameter: string };

export type Reply =
  /** The usual shape: `STATUS`, one section of records, `id`. */
  | {
      kind: 'section';
      code: number;
      message: string;
      section: string;
      records: readonly Fields[];
      tail?: Readonly<Record<string, readonly Fields[]>>;
    }
  /** `STATUS` alone: an error, a refusal or a confirmation. */
  | { kind: 'status'; letter: 'S' | 'I' | 'E' | 'W'; code: number; message: string }
  /** An object without sections (Whatsminer's own commands). */
  | { kind: 'object'; value: Fields };

export type Speech = {
  /** `Description` of the status. */
  description: (moment: Moment) => string;
  spacing: Spacing;
  /** Does a NUL follow the reply? Without one the closed connection ends it. */
  endsWithNul: boolean;
  /** `summary+stats` in one request. */
  allowsJoined: (moment: Moment) => boolean;
  /** What `STATUS.When` says. */
  when: (moment: Moment) => number;
  /** Answers a command that only reads; null: not known. */
  read: (command: Command, moment: Moment) => Reply | null;
  /** What a command that writes asks for, and what is said when it was done; null: not a command that writes. */
  write: (command: Command, moment: Moment) => { act: MachineAct; done: Reply } | { refused: Reply } | null;
  /** Mends nothing: some firmware breaks its own JSON. */
  misspell?: (text: string, command: Command, moment: Moment) => string;
};

export function status(letter: 'S' | 'I' | 'E' | 'W', code: number, message: string): Reply {
  return { kind: 'status', letter, code, message };
}

export function section(code: number, message: string, name: string, records: readonly Fields[]): Reply {
  return { kind: 'section', code, message, section: name, records };
}

/** The text of one reply, without what ends it. */
export function writeReply(reply: Reply, speech: Speech, moment: Moment): string {
  if (reply.kind === 'object') return writeJson(reply.value, speech.spacing);
  const head: Fields = {
    STATUS: reply.kind === 'section' ? 'S' : reply.letter,
    When: speech.when(moment),
    Code: reply.code,
    Msg: reply.message,
    Description: speech.description(moment),
  };
  const parts: Record<string, Value> = { STATUS: [head] };
  if (reply.kind === 'section') {
    parts[reply.section] = reply.records;
    Object.assign(parts, reply.tail);
  }
  parts.id = 1;
  return writeJson(parts, speech.spacing);
}
