/** Shed problems by chance and with a seed: tiny ones with awkward numbers for brute force, whole fleets for measurements. */
import type { ShedMachine, ShedProblem } from '../host/index.ts';
import type { ShedStrategy } from '../units/shed-fields.ts';
import { createRandom } from './random-inputs.ts';

type Random = () => number;

function pickOne<Value>(random: Random, values: readonly Value[]): Value {
  return values[Math.floor(random() * values.length)]!;
}

/** Three decimals. */
function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function drawMachine(random: Random, index: number): ShedMachine {
  const powerW = pickOne(random, [1, 500, 1000, 1000, 3250.5, 3600]);
  const off = { powerW: 0, profitUsdPerHour: 0 };
  const profit = () => thousandths((random() - 0.3) * pickOne(random, [0, 0.01, 0.3, 0.3]));
  const low = { powerW: Math.round(powerW * pickOne(random, [0.4, 0.6, 0.62, 1])), profitUsdPerHour: profit() };
  const normal = { powerW, profitUsdPerHour: profit() };
  const high = { powerW: powerW * 1.25, profitUsdPerHour: profit() };
  const modes = pickOne(random, [
    [off, normal],
    [off, low, normal],
    [normal, low, off, high],
    [{ ...off, powerW: 15 }, normal],
  ]);
  return {
    id: `m${index}`,
    client: pickOne(random, [null, 'a', 'b']),
    tier: pickOne(random, [null, 1, 2, 3]),
    score: pickOne(random, [1, 2, 2.5]),
    locked: random() < 0.12,
    restartUsd: pickOne(random, [0, 0, 0.1, 0.05]),
    current: Math.floor(random() * modes.length),
    modes,
  };
}

/** Power that can be given up by the machines that are not locked. */
export function reachableW(machines: readonly ShedMachine[]): number {
  return machines
    .filter(({ locked }) => !locked)
    .reduce((sum, { modes, current }) => sum + modes[current]!.powerW - Math.min(...modes.map(({ powerW }) => powerW)), 0);
}

/** `count` problems of 1 to 6 machines, from far below to a little above what can be reached. */
export function listTinySheds(count: number, seed: number, strategy: ShedStrategy): ShedProblem[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const machines = Array.from({ length: 1 + Math.floor(random() * 6) }, (_, index) => drawMachine(random, index));
    const targetW = pickOne(random, [
      0,
      Math.round(reachableW(machines) * random() * 1.05),
      reachableW(machines),
      Math.round(random() * 4000),
    ]);
    return { targetW, durationHours: pickOne(random, [0.25, 1, 4]), strategy, custom: null, machines };
  });
}

const HASHPRICE_USD_PER_TH_DAY = 0.04;

/**
 * A fleet of 20 models, 15 to 30 J/TH, hash rate and efficiency spread by `spread` about their model; off, low (62 % power, 70 % hash rate) and normal; a restart costs 0.10 USD.
 * The target is a share of what can be reached.
 */
export function makeFleetShed(options: { machineCount: number; seed: number; targetRatio: number; spread: number }): ShedProblem {
  const random = createRandom(options.seed);
  const models = Array.from({ length: 20 }, () => ({ jPerTh: 15 + 15 * random(), hashrateThs: 90 + 150 * random() }));
  const powerUsdPerKwh = thousandths(0.03 + 0.04 * random());
  // Sum of four uniform numbers: about normal, standard deviation 1.
  const scatter = () => (random() + random() + random() + random() - 2) * Math.sqrt(3) * options.spread;
  const profit = (hashrateThs: number, powerW: number) => (hashrateThs * HASHPRICE_USD_PER_TH_DAY) / 24 - (powerW / 1000) * powerUsdPerKwh;
  const machines = Array.from({ length: options.machineCount }, (_, index): ShedMachine => {
    const model = pickOne(random, models);
    const hashrateThs = model.hashrateThs * (1 + 0.04 * scatter());
    const powerW = Math.round(hashrateThs * model.jPerTh * (1 + 0.02 * scatter()));
    const lowW = Math.round(powerW * 0.62);
    return {
      id: `machine-${String(index).padStart(5, '0')}`,
      client: `client-${index % 12}`,
      tier: 1 + (index % 3),
      score: Math.round(hashrateThs / 20),
      locked: false,
      restartUsd: 0.1,
      current: 2,
      modes: [
        { powerW: 0, profitUsdPerHour: 0 },
        { powerW: lowW, profitUsdPerHour: profit(hashrateThs * 0.7, lowW) },
        { powerW, profitUsdPerHour: profit(hashrateThs, powerW) },
      ],
    };
  });
  const targetW = Math.floor(reachableW(machines) * options.targetRatio);
  return { targetW, durationHours: pickOne(random, [1, 2, 4]), strategy: 'least-profit', custom: null, machines };
}
