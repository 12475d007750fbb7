/**
 * The only place that knows the public shape of a plan problem (the body of POST /api/v1/curtailment/plan) and the rounding that is part of it: money to
 * pico-dollars, power to watts (caps and ramps down), hash rates to GH/s, the take-or-pay volume up. The formulas of rounding are in doubles and in exactly this
 * order, because the order decides what a tie becomes; `read-problem.test.ts` holds each against exact fractions.
 */
import type { ExactMachine, ExactProblem, ExactSite } from './exact-problem.ts';
import type { Place } from './json-place.ts';

const PUSD_PER_USD = 1e12;
const MOST_INTERVALS = 10_000;
const MOST_UNITS = 1_000_000;
/** Money and energy of real requests stay far below; beyond, doubles would no longer be safe to round. */
const MOST = 1e9;

export function readProblem(place: Place): ExactProblem {
  place.knowsOnly([
    'interval',
    'priceUsdPerMwh',
    'hashpriceUsdPerThDay',
    'machines',
    'sites',
    'clients',
    'takeOrPay',
    'demandCharge',
    'options',
  ]);
  const interval = place.field('interval');
  const intervalCount = interval.field('count').integer(1, MOST_INTERVALS);
  const minutes = interval.field('minutes').number(Number.MIN_VALUE, MOST);
  const horizon = { intervalCount, minutes };
  const hashprice = place.field('hashpriceUsdPerThDay');
  const hashpriceUsdPerThDay = Array.isArray(hashprice.value)
    ? hashprice.items(intervalCount).map((one) => one.number(-MOST, MOST))
    : new Array<number>(intervalCount).fill(hashprice.number(-MOST, MOST));
  const sites = readSites(place.optional('sites'), horizon);
  const clients = (place.optional('clients')?.items() ?? []).map((client) => {
    client.knowsOnly(['id', 'minMachineIntervals']);
    return { id: client.field('id').text(), minMachineIntervals: BigInt(client.field('minMachineIntervals').integer(0, MOST)) };
  });
  const siteNumbers = numberById(sites, place, 'sites');
  const clientNumbers = numberById(clients, place, 'clients');
  const machines = place
    .field('machines')
    .items()
    .map((machine) => readMachine(machine, horizon, siteNumbers, clientNumbers));
  numberById(machines, place, 'machines');
  return {
    intervalCount,
    energyPusdPerW: place
      .field('priceUsdPerMwh')
      .items(intervalCount)
      .map((price) => BigInt(Math.round((((price.number(-MOST, MOST) / 1e6) * minutes) / 60) * PUSD_PER_USD))),
    hashPusdPerGhs: hashpriceUsdPerThDay.map((usd) => BigInt(Math.round((usd / 1000 / 1440) * minutes * PUSD_PER_USD))),
    machines,
    sites,
    clients,
    takeOrPay: readTakeOrPay(place.optional('takeOrPay'), minutes),
    demandCharge: readDemandCharge(place.optional('demandCharge')),
  };
}

type Horizon = { intervalCount: number; minutes: number };

function readSites(place: Place | null, { intervalCount, minutes }: Horizon): ExactSite[] {
  const noCaps = new Array<null>(intervalCount).fill(null);
  const given = place?.items() ?? [];
  if (given.length === 0) return [{ id: 'site', capW: noCaps, penaltyPusdPerW: null, rampW: null }];
  return given.map((site) => {
    site.knowsOnly(['id', 'capKw', 'capPenaltyUsdPerKwh', 'rampKw']);
    const capW = site
      .optional('capKw')
      ?.items(intervalCount)
      .map((cap) => (cap.isNull() ? null : downToWatts(cap.number(0, MOST))));
    const penaltyUsdPerKwh = site.optional('capPenaltyUsdPerKwh')?.number(0, MOST) ?? null;
    const rampKw = site.optional('rampKw')?.number(0, MOST) ?? null;
    return {
      id: site.field('id').text(),
      capW: capW ?? noCaps,
      penaltyPusdPerW: penaltyUsdPerKwh === null ? null : perWattInterval(penaltyUsdPerKwh, minutes),
      rampW: rampKw === null ? null : downToWatts(rampKw),
    };
  });
}

function readMachine(place: Place, horizon: Horizon, sites: Map<string, number>, clients: Map<string, number>): ExactMachine {
  place.knowsOnly([
    ...['id', 'count', 'site', 'client', 'modes', 'restartUsd', 'bootMinutes', 'minUpIntervals', 'minDownIntervals', 'maxStarts'],
    ...['initialMode', 'initialAgeIntervals', 'locks'],
  ]);
  const bootMinutes = place.optional('bootMinutes')?.number(0, MOST) ?? 0;
  const modes = place
    .field('modes')
    .items()
    .map((mode) => {
      mode.knowsOnly(['name', 'powerW', 'hashrateThs']);
      const hashrateGhs = Math.round(mode.field('hashrateThs').number(0, MOST) * 1000);
      return {
        powerW: BigInt(Math.round(mode.field('powerW').number(0, MOST))),
        hashrateGhs: BigInt(hashrateGhs),
        bootGhs: BigInt(Math.round((hashrateGhs * bootMinutes) / horizon.minutes)),
      };
    });
  const sleepMode = modes.findIndex(({ hashrateGhs }) => hashrateGhs === 0n);
  const runningModes = modes.filter(({ hashrateGhs }) => hashrateGhs > 0n).length;
  if (runningModes === 0 || modes.length - runningModes > 1) {
    place.field('modes').refuse('at least one mode that hashes and at most one that does not');
  }
  const lockPlaces = place.optional('locks')?.items() ?? [];
  return {
    id: place.field('id').text(),
    count: place.optional('count')?.integer(1, MOST_UNITS) ?? 1,
    site: readSiteNumber(place.optional('site'), sites),
    // A client that the problem does not list has no floor, and then it does not matter whose the machine is.
    client: clients.get(place.optional('client')?.text() ?? '') ?? null,
    modes,
    sleepMode: sleepMode < 0 ? null : sleepMode,
    restartPusd: BigInt(Math.round((place.optional('restartUsd')?.number(0, MOST) ?? 0) * PUSD_PER_USD)),
    minUpIntervals: place.optional('minUpIntervals')?.integer(0, MOST) ?? 1,
    minDownIntervals: place.optional('minDownIntervals')?.integer(0, MOST) ?? 1,
    maxStarts: place.optional('maxStarts')?.integer(0, MOST) ?? null,
    initial: readInitial(place, modes.length, sleepMode),
    mustRun: readLocks(lockPlaces, 'on', horizon.intervalCount),
    mustStop: readLocks(lockPlaces, 'off', horizon.intervalCount),
  };
}

function readInitial(place: Place, modeCount: number, sleepMode: number): ExactMachine['initial'] {
  const mode = place.optional('initialMode');
  const age = place.optional('initialAgeIntervals')?.integer(0, Number.MAX_SAFE_INTEGER) ?? Number.POSITIVE_INFINITY;
  if (mode === null) return null;
  return { isOn: !mode.isNull() && mode.integer(0, modeCount - 1) !== sleepMode, ageIntervals: age };
}

function readLocks(places: readonly Place[], kind: 'on' | 'off', intervalCount: number): boolean[] {
  const isLocked = new Array<boolean>(intervalCount).fill(false);
  for (const place of places) {
    place.knowsOnly(['kind', 'from', 'to']);
    const from = place.field('from').integer(0, intervalCount);
    const to = place.field('to').integer(from, intervalCount);
    if (place.field('kind').oneOf(['on', 'off']) === kind) isLocked.fill(true, from, to);
  }
  return isLocked;
}

function readTakeOrPay(place: Place | null, minutes: number): ExactProblem['takeOrPay'] {
  if (place === null) return null;
  place.knowsOnly(['minKwh', 'usdPerMissingKwh']);
  const wattIntervals = (place.field('minKwh').number(0, 1e12) * 1000 * 60) / minutes;
  return {
    minWIntervals: BigInt(Math.ceil(Math.round(wattIntervals * 1e3) / 1e3)),
    pusdPerWInterval: perWattInterval(place.field('usdPerMissingKwh').number(0, MOST), minutes),
  };
}

function readDemandCharge(place: Place | null): ExactProblem['demandCharge'] {
  if (place === null) return null;
  place.knowsOnly(['usdPerKw', 'peakSoFarKw']);
  return {
    pusdPerW: BigInt(Math.round((place.field('usdPerKw').number(0, MOST) / 1000) * PUSD_PER_USD)),
    peakSoFarW: BigInt(Math.round(place.field('peakSoFarKw').number(0, MOST) * 1000)),
  };
}

/** USD per kWh as pico-dollars per W and interval. */
function perWattInterval(usdPerKwh: number, minutes: number): bigint {
  return BigInt(Math.round((((usdPerKwh / 1000) * minutes) / 60) * PUSD_PER_USD));
}

/** Whole watts not above; a thousandth of a watt of binary rounding is forgiven. */
function downToWatts(kw: number): bigint {
  return BigInt(Math.floor(Math.round(kw * 1e6) / 1e3));
}

function numberById(entries: readonly { id: string }[], place: Place, list: string): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const [index, { id }] of entries.entries()) {
    if (numbers.has(id)) place.field(list).items()[index]!.field('id').refuse('an id that no earlier entry has');
    numbers.set(id, index);
  }
  return numbers;
}

function readSiteNumber(place: Place | null, numbers: Map<string, number>): number {
  if (place === null) return 0;
  return numbers.get(place.text()) ?? place.refuse('the id of a site of the problem');
}
