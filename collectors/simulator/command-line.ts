import { parseArgs } from 'node:util';
import { DIALECTS, type Dialect } from '#collectors/cgminer/snapshot.ts';
import type { FarmOptions } from './farm.ts';
import { FAULTS, parseFaultShares } from './faults.ts';

export type SimulateCommand = { kind: 'run'; farm: FarmOptions; controlPort: number | null } | { kind: 'usage'; text: string };

const USAGE = `Usage: npm run simulate -- [--miners 300] [--seed 1] [--dialects ${DIALECTS.join(',')}]
  [--layout address|port] [--base-port 4028] [--faults dead=0.05,slow=0.02] [--speed 1] [--running-since S] [--control PORT]
address: machines are 127.16.0.1, 127.16.0.2 ... at one port; port: 127.0.0.1 with a port each.
Faults: ${FAULTS.join(', ')}; shares from 0 to 1. --running-since: seconds since 1970, machines were
switched on before. --control takes orders as lines of JSON on 127.0.0.1.`;

/** Reads the arguments of `npm run simulate`. Throws naming the argument, its value and what is possible. */
export function readSimulateCommand(args: readonly string[]): SimulateCommand {
  const { values } = parseArgs({
    args: [...args],
    options: {
      miners: { type: 'string', default: '300' },
      seed: { type: 'string', default: '1' },
      dialects: { type: 'string', default: DIALECTS.join(',') },
      layout: { type: 'string', default: 'address' },
      'base-port': { type: 'string', default: '4028' },
      faults: { type: 'string', default: '' },
      speed: { type: 'string', default: '1' },
      'running-since': { type: 'string' },
      control: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return { kind: 'usage', text: USAGE };
  const { layout } = values;
  if (layout !== 'address' && layout !== 'port') throw new Error(`layout is "${layout}"; address or port is possible.`);
  return {
    kind: 'run',
    farm: {
      miners: readNumber('miners', values.miners),
      seed: readNumber('seed', values.seed),
      dialects: readDialects(values.dialects),
      layout,
      basePort: readNumber('base-port', values['base-port']),
      faults: parseFaultShares(values.faults),
      speed: readNumber('speed', values.speed),
      ...(values['running-since'] === undefined ? {} : { runningSinceS: readNumber('running-since', values['running-since']) }),
    },
    controlPort: values.control === undefined ? null : readNumber('control', values.control),
  };
}

function readNumber(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new Error(`${name} is "${text}"; a number is needed.`);
  return value;
}

function readDialects(text: string): Dialect[] {
  return text.split(',').map((word) => {
    const dialect = DIALECTS.find((each) => each === word.trim());
    if (dialect === undefined) throw new Error(`dialects: "${word}" is none of ${DIALECTS.join(', ')}.`);
    return dialect;
  });
}
