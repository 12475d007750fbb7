/**
 * The fall-back: whatever speaks cgminer's API without a dialect known here. Only what the API's own document defines is read: `summary`,
 * `devs` with one device a board, `pools`, `version`. Neither fans nor power exist there.
 */
import { type Replies, recordOf, recordsOf, textOf } from '../parsing/replies.ts';
import type { Board, MachineSnapshot } from '../snapshot.ts';
import { completeSnapshot } from './complete-snapshot.ts';
import { createFigures } from './figures.ts';
import { isAlive, readPools } from './pools.ts';
import { readHashrate, readHashrates, readShares, SHORT_WINDOWS, summaryOf } from './summary.ts';

/** Keys of `VERSION` beside the program's name. */
const NOT_THE_PROGRAM = new Set(['API', 'Miner', 'CompileTime', 'Type', 'MAC']);

export function readCgminer(replies: Replies, observedAtMs: number): MachineSnapshot {
  const figures = createFigures();
  const summary = summaryOf(replies);
  const version = recordOf(replies, 'version', 'VERSION');
  const program = Object.entries(version).find(([key, value]) => !NOT_THE_PROGRAM.has(key) && typeof value === 'string');
  return completeSnapshot('cgminer', figures, replies, observedAtMs, {
    model: textOf(version.Type),
    firmware: textOf(program?.[0], 40),
    firmwareVersion: textOf(program?.[1]),
    ...readHashrates(figures, summary),
    ...readShares(figures, summary),
    boards: recordsOf(replies, 'devs', 'DEVS').map((device, index): Board => {
      const field = (name: keyof Board) => `boards.${index}.${name}`;
      return {
        position: index,
        hashrateThs: readHashrate(figures, field('hashrateThs'), device, [...SHORT_WINDOWS, '5m', '15m', 'av']),
        ratedHashrateThs: null,
        chips: null,
        ratedChips: null,
        boardTemperatureC: figures.hottestC(field('boardTemperatureC'), [device.Temperature]),
        chipTemperatureC: null,
        hardwareErrors: figures.count(field('hardwareErrors'), device['Hardware Errors']),
        isAlive: isAlive(device.Status),
      };
    }),
    ...readPools(figures, replies),
  });
}
