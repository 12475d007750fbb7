/**
 * Random bodies of POST /api/v1/curtailment/plan in which every rule occurs now and then, to hold a solver against the checker. The same for the same seed.
 */
import { createDice } from './tiny-problem.fixture.ts';

export type RequestSize = { seed: number; machines: number; intervals: number; mostUnitsPerMachine: number };

/** `intervals` hours; caps, floors and volumes are shares of what the fleet could draw or run, so that some problems have no plan. */
export function rollRequest({ seed, machines: machineCount, intervals, mostUnitsPerMachine }: RequestSize) {
  const dice = createDice(seed);
  const share = (least: number, most: number) => dice(least, most) / 100;
  const perInterval = <Value>(make: () => Value) => Array.from({ length: intervals }, make);
  /** Present once in `rarity` times. */
  const maybe = <Value extends object>(rarity: number, make: () => Value): Value | Record<string, never> =>
    dice(1, rarity) === 1 ? make() : {};
  const siteIds = dice(1, 3) === 1 ? ['east', 'west'] : ['east'];
  const clientIds = dice(1, 2) === 1 ? ['c1', 'c2'] : [];

  const machines = Array.from({ length: machineCount }, (_none, m) => {
    const hashrateThs = dice(90, 230);
    const powerW = Math.round(hashrateThs * dice(15, 30));
    const modes = [
      ...(dice(1, 4) === 1 ? [{ name: 'sleep', powerW: dice(0, 60), hashrateThs: 0 }] : []),
      ...(dice(1, 2) === 1 ? [{ name: 'low', powerW: Math.round(powerW * 0.62), hashrateThs: Math.round(hashrateThs * 0.7) }] : []),
      { name: 'normal', powerW, hashrateThs },
    ];
    const from = dice(0, intervals - 1);
    return {
      id: `m${m}`,
      count: dice(1, mostUnitsPerMachine),
      site: siteIds[dice(0, siteIds.length - 1)]!,
      ...(clientIds.length > 0 && dice(1, 3) > 1 ? { client: clientIds[dice(0, clientIds.length - 1)]! } : {}),
      modes,
      restartUsd: dice(0, 30) / 100,
      bootMinutes: dice(0, 12),
      ...maybe(3, () => ({ minUpIntervals: dice(1, 4) })),
      ...maybe(3, () => ({ minDownIntervals: dice(1, 4) })),
      ...maybe(4, () => ({ maxStarts: dice(0, 2) })),
      ...maybe(2, () => ({
        initialMode: dice(1, 2) === 1 ? null : modes.length - 1,
        ...maybe(2, () => ({ initialAgeIntervals: dice(1, 5) })),
      })),
      ...maybe(6, () => ({ locks: [{ kind: dice(1, 2) === 1 ? 'on' : 'off', from, to: dice(from + 1, intervals) }] })),
    };
  });

  const fullKw = (site: string | null) =>
    machines.reduce(
      (sum, { site: at, count, modes }) => (site === null || at === site ? sum + (count * modes.at(-1)!.powerW) / 1000 : sum),
      0,
    );
  const units = (client: string) => machines.reduce((sum, machine) => (machine.client === client ? sum + machine.count : sum), 0);
  return {
    interval: { startAt: '2026-01-15T00:00:00Z', minutes: dice(1, 2) === 1 ? 60 : 15, count: intervals, timeZone: 'UTC' },
    priceUsdPerMwh: perInterval(() => (dice(1, 8) === 1 ? dice(-3000, 0) : dice(2000, 15_000)) / 100),
    hashpriceUsdPerThDay: dice(1, 2) === 1 ? 0.05 : perInterval(() => dice(30, 70) / 1000),
    machines,
    sites: siteIds.map((id) => ({
      id,
      ...maybe(1, () => ({ capKw: perInterval(() => (dice(1, 2) === 1 ? null : fullKw(id) * share(0, 90))) })),
      ...maybe(3, () => ({ capPenaltyUsdPerKwh: dice(0, 40) / 100 })),
      ...maybe(3, () => ({ rampKw: fullKw(id) * share(20, 90) })),
    })),
    ...(clientIds.length === 0
      ? {}
      : { clients: clientIds.map((id) => ({ id, minMachineIntervals: Math.floor(units(id) * intervals * share(0, 80)) })) }),
    ...maybe(3, () => ({ takeOrPay: { minKwh: fullKw(null) * intervals * share(10, 90), usdPerMissingKwh: dice(1, 10) / 100 } })),
    ...maybe(3, () => ({ demandCharge: { usdPerKw: dice(1, 40) / 100, peakSoFarKw: fullKw(null) * share(0, 80) } })),
  };
}
