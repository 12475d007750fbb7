/**
 * LuxOS on port 4028: cgminer's sections (`summary` in GHS, `devs` in MHS), an Antminer-like `stats`, and commands of its own for temperatures, fans,
 * power, settings and events. By Luxor's API documents and the recording. `temps` are sensors on the circuit boards, inlet and outlet side: no
 * sensor of chips, and none of the air. `power` is the supply's figure or LuxOS' estimate. Profiles list figures of design, so they are not read.
 */
import { type Replies, type ReplyRecord, recordOf, recordsOf, textOf } from '../parsing/replies.ts';
import type { Board, ErrorCode, Fan, MachineSnapshot } from '../snapshot.ts';
import { chainRecordOf } from './antminer-chains.ts';
import { sumRated } from './braiins.ts';
import { completeSnapshot } from './complete-snapshot.ts';
import { createFigures, type Figures } from './figures.ts';
import { isAlive, readPools } from './pools.ts';
import { readHashrate, readHashrates, readShares, SHORT_WINDOWS } from './summary.ts';

const SENSORS = ['TopLeft', 'TopRight', 'BottomLeft', 'BottomRight'] as const;
const ASLEEP = /sleep/i;

export function readLuxos(replies: Replies, observedAtMs: number): MachineSnapshot {
  const figures = createFigures();
  const summary = recordOf(replies, 'summary', 'SUMMARY');
  const config = recordOf(replies, 'config', 'CONFIG');
  const version = recordOf(replies, 'version', 'VERSION');
  return completeSnapshot('luxos', figures, replies, observedAtMs, {
    model: textOf(version.Type) ?? textOf(config.Model),
    firmware: 'LuxOS',
    firmwareVersion: textOf(version.LUXminer),
    serial: textOf(config.SerialNumber),
    macAddress: figures.macAddress('macAddress', config.MACAddr),
    ...(ASLEEP.test(textOf(config.CurtailMode) ?? '') ? { state: 'sleeping' as const } : {}),
    mode: textOf(config.Profile),
    ...readHashrates(figures, summary),
    ...readShares(figures, summary),
    ratedHashrateThs: sumRated(figures, recordsOf(replies, 'devs', 'DEVS')),
    powerW: figures.powerW('powerW', recordOf(replies, 'power', 'POWER').Watts),
    boards: readBoards(figures, replies),
    fans: readFans(figures, replies),
    errorCodes: readEvents(replies),
    ...readPools(figures, replies),
  });
}

/** In the order of their numbers; `devs` lists them in the order of their connectors. */
function readBoards(figures: Figures, replies: Replies): readonly Board[] {
  const idOf = ({ ID: id }: ReplyRecord) => (typeof id === 'number' && Number.isInteger(id) && id >= 0 ? id : null);
  const devices = [...recordsOf(replies, 'devs', 'DEVS')].sort((a, b) => (idOf(a) ?? 0) - (idOf(b) ?? 0));
  const temperatures = recordsOf(replies, 'temps', 'TEMPS');
  const chains = chainRecordOf(replies);
  return devices.map((device, index): Board => {
    const field = (name: keyof Board) => `boards.${index}.${name}`;
    const id = idOf(device);
    const sensors = temperatures.find((record) => id !== null && idOf(record) === id);
    return {
      position: id ?? index,
      hashrateThs: readHashrate(figures, field('hashrateThs'), device, [...SHORT_WINDOWS, '5m', '15m', 'av']),
      ratedHashrateThs: figures.ratedHashrateThs(field('ratedHashrateThs'), device['Nominal MHS'], 'MH'),
      // Chains of `stats` count from 1 in the order of the boards' numbers.
      chips: figures.chips(field('chips'), id === null ? undefined : chains[`chain_acn${id + 1}`]),
      ratedChips: null,
      boardTemperatureC: figures.hottestC(
        field('boardTemperatureC'),
        sensors === undefined ? [device.Temperature] : SENSORS.map((name) => sensors[name]),
      ),
      chipTemperatureC: null,
      hardwareErrors: figures.count(field('hardwareErrors'), device['Hardware Errors']),
      isAlive: isAlive(device.Status),
    };
  });
}

function readFans(figures: Figures, replies: Replies): readonly Fan[] {
  return recordsOf(replies, 'fans', 'FANS').map((fan, index) => ({
    position: typeof fan.ID === 'number' && Number.isInteger(fan.ID) && fan.ID >= 0 ? fan.ID : index,
    speedRpm: figures.speedRpm(`fans.${index}.speedRpm`, fan.RPM),
  }));
}

/** Events that LuxOS holds against the machine now. */
function readEvents(replies: Replies): readonly ErrorCode[] {
  return recordsOf(replies, 'events', 'EVENTS').flatMap((event) => {
    const code = textOf(event.Code, 40);
    return code === null ? [] : [{ code, message: textOf(event.Description, 200) }];
  });
}
