/**
 * Braiins OS (BOSminer, BOSer) on port 4028: cgminer's sections in MHS with `Nominal MHS` of each board, and `temps`, `fans`, `tunerstatus` of its own. By
 * Braiins' API documents and the recordings. Power is the firmware's estimate. Averages over 5 min to 24 h begin at 0 and fill up after a start.
 */
import { type Replies, type ReplyRecord, recordOf, recordsOf, textOf } from '../parsing/replies.ts';
import type { Board, Fan, MachineSnapshot } from '../snapshot.ts';
import { completeSnapshot, type Findings } from './complete-snapshot.ts';
import { createFigures, type Figures } from './figures.ts';
import { isAlive, readPools } from './pools.ts';
import { readHashrate, readHashrates, readShares, SHORT_WINDOWS } from './summary.ts';

/** Keys of `VERSION` that name the program: "BOSminer", "BOSminer+", "BOSer". */
const PROGRAM = /^BOS(?:miner\+?|er)$/;

export function readBraiins(replies: Replies, observedAtMs: number): MachineSnapshot {
  const figures = createFigures();
  const summary = recordOf(replies, 'summary', 'SUMMARY');
  const tuner = recordOf(replies, 'tunerstatus', 'TUNERSTATUS');
  const devices = recordsOf(replies, 'devs', 'DEVS');
  return completeSnapshot('braiins', figures, replies, observedAtMs, {
    ...nameMachine(replies),
    ...readHashrates(figures, summary),
    ...readShares(figures, summary),
    // A board that failed leaves `devs` and stays in `devdetails`.
    ratedHashrateThs: devices.length < recordsOf(replies, 'devdetails', 'DEVDETAILS').length ? null : sumRated(figures, devices),
    powerW: figures.powerW('powerW', tuner.ApproximateMinerPowerConsumption),
    powerLimitW: figures.powerLimitW('powerLimitW', tuner.PowerLimit),
    boards: readBoards(figures, replies, devices),
    fans: readFans(figures, replies),
    ...readPools(figures, replies),
  });
}

/** The model is said by firmware that knows `devdetails`. */
function nameMachine(replies: Replies): Findings {
  const program = Object.entries(recordOf(replies, 'version', 'VERSION')).find(([key]) => PROGRAM.test(key));
  return {
    model: textOf(recordOf(replies, 'devdetails', 'DEVDETAILS').Model),
    firmware: 'Braiins OS',
    firmwareVersion: textOf(program?.[1]),
  };
}

/** `null` as soon as one board has none: a partial sum would pass for the machine's. */
export function sumRated(figures: Figures, devices: readonly ReplyRecord[]): number | null {
  const parts = devices.map((device) => figures.ratedHashrateThs('ratedHashrateThs', device['Nominal MHS'], 'MH'));
  return parts.length > 0 && parts.every((part) => part !== null) ? parts.reduce((sum, part) => sum + part, 0) : null;
}

function readBoards(figures: Figures, replies: Replies, devices: readonly ReplyRecord[]): readonly Board[] {
  const temperatures = recordsOf(replies, 'temps', 'TEMPS');
  const details = recordsOf(replies, 'devdetails', 'DEVDETAILS');
  return devices.map((device, index): Board => {
    const field = (name: keyof Board) => `boards.${index}.${name}`;
    const ofBoard = ({ ID: id }: ReplyRecord) => id === device.ID && id !== undefined;
    const sensors = temperatures.find(ofBoard) ?? {};
    return {
      position: typeof device.ID === 'number' && Number.isInteger(device.ID) && device.ID >= 0 ? device.ID : index,
      hashrateThs: readHashrate(figures, field('hashrateThs'), device, [...SHORT_WINDOWS, '5m', '15m', 'av']),
      ratedHashrateThs: figures.ratedHashrateThs(field('ratedHashrateThs'), device['Nominal MHS'], 'MH'),
      chips: figures.chips(field('chips'), details.find(ofBoard)?.Chips),
      ratedChips: null,
      boardTemperatureC: figures.hottestC(field('boardTemperatureC'), [sensors.Board]),
      chipTemperatureC: figures.hottestC(field('chipTemperatureC'), [sensors.Chip]),
      hardwareErrors: figures.count(field('hardwareErrors'), device['Hardware Errors']),
      isAlive: isAlive(device.Status),
    };
  });
}

/** Four slots are listed on machines with two fans too: of one at 0 it cannot be said whether it stands still or is not there. */
function readFans(figures: Figures, replies: Replies): readonly Fan[] {
  return recordsOf(replies, 'fans', 'FANS').map((fan, position) => {
    const field = `fans.${position}.speedRpm`;
    const speedRpm = figures.speedRpm(field, fan.RPM);
    if (speedRpm !== 0) return { position, speedRpm };
    figures.note(field, fan.RPM, 'sentinel');
    return { position, speedRpm: null };
  });
}
