/** Reading the invented fixtures, whole or with a field changed, for the tests of drivers. */
import { DIALECT_ENTRIES } from './dialects.ts';
import { type FixtureName, readFixture } from './fixtures.ts';
import { identify } from './identify.ts';
import type { Replies } from './parsing/replies.ts';
import type { MachineSnapshot } from './snapshot.ts';

export const OBSERVED_AT_MS = 1_793_000_000_000;

export const readReplies = (replies: Replies): MachineSnapshot =>
  DIALECT_ENTRIES[identify(replies) ?? 'cgminer'].read(replies, OBSERVED_AT_MS);
export const readNamed = (name: FixtureName): MachineSnapshot => readReplies(readFixture(name));

/** The fixture with fields of one record of a section changed; `undefined` takes a field away. */
export function changed(
  name: FixtureName,
  command: keyof Replies,
  section: string,
  index: number,
  fields: Record<string, unknown>,
): Replies {
  const replies = readFixture(name);
  const records = [...(replies[command]![section] as Record<string, unknown>[])];
  records[index] = { ...records[index], ...fields };
  return { ...replies, [command]: { ...replies[command], [section]: records } };
}

/** Position, TH/s, chips, degrees of board and of chips. */
export const boardsOf = ({ boards }: MachineSnapshot) =>
  boards.map(({ position, hashrateThs, chips, boardTemperatureC, chipTemperatureC }) => [
    position,
    hashrateThs,
    chips,
    boardTemperatureC,
    chipTemperatureC,
  ]);
export const speedsOf = ({ fans }: MachineSnapshot) => fans.map(({ position, speedRpm }) => [position, speedRpm]);
