/**
 * Alerts: how many readings a second the rules judge in memory, and how long it takes from a stored batch of readings to alert rows, for 6,000 machines a minute in slices of 500 as the poller hands them
 * over, with faults that come and go and a switch that fails. Asked for: 2 s (p95). Reports, never gates.
 */
import { cpus, loadavg } from 'node:os';
import { createEvaluateDeps, type EvaluateDeps, evaluateBatchWith } from '#app/features/alerts/evaluate-batch.server.ts';
import { toFacts } from '#app/features/alerts/rules/read-facts.server.ts';
import { mergeSettings } from '#app/features/alerts/rules/rule-settings.ts';
import { RULE_IDS } from '#app/features/alerts/rules/rule-table.ts';
import type { RuleBook } from '#app/features/alerts/watch/active-rules.ts';
import { SiteWatch } from '#app/features/alerts/watch/site-watch.ts';
import { toSample } from '#app/features/telemetry/store/sample.server.ts';
import { createDb } from '#app/platform/db.server.ts';
import { mix } from '#collectors/simulator/draw.ts';
import { migrationsFolder } from '../prisma/migration-files.ts';
import { prepareDatabase } from '../prisma/prepare-database.ts';
import { startOwnDatabase } from '../scripts/setup/own-database.mjs';
import { addSite, failedAt, readAt } from '../tests/support/telemetry-site.ts';

const MACHINES = 6_000;
const SLICE = 500;
const MINUTES = 20;
const BEGIN_S = 1_767_225_600;
/** One in so many machines has a fault in any quarter of an hour. */
const FAULTY_ONE_IN = 100;
const SWITCH_FAILS_AT = 8;

const say = (what: string, text: string) => process.stdout.write(`${what.padEnd(52)} ${text}\n`);

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

function readingOf(machine: number, minute: number) {
  const atS = BEGIN_S + minute * 60;
  const fault = mix(7, machine, Math.floor(minute / 15));
  if (minute >= SWITCH_FAILS_AT && machine < 48) return failedAt(atS);
  const noise = 1 + (mix(9, machine, minute) / 2 ** 32 - 0.5) * 0.06;
  const isFaulty = fault % FAULTY_ONE_IN === 0;
  return readAt(atS, {
    hashrateThs: 200 * noise * (isFaulty ? 0.5 : 1),
    chipTemperatureC: 70,
    uptimeS: 90_000 + minute * 60,
    fans: [{ position: 0, speedRpm: isFaulty ? 0 : 5_000 }],
  });
}

const slices = Array.from({ length: MACHINES / SLICE }, (_, index) => index * SLICE);

function benchRules(): void {
  let last = 0;
  const newId = () => {
    last += 1;
    return String(last);
  };
  const watch = new SiteWatch({ site: 1, cadenceS: 60, newId });
  watch.setRules(Object.fromEntries(RULE_IDS.map((id) => [id, mergeSettings(id)])) as RuleBook, BEGIN_S);
  const machines = Array.from({ length: MACHINES }, (_, number) => ({
    id: String(number),
    number,
    status: 'active' as const,
    model: 'S21',
    ratedHashrateThs: 200,
    worker: null,
    hasAddress: true,
    groups: [
      { scope: 'site' as const, key: '1' },
      { scope: 'subnet' as const, key: String(Math.floor(number / 48)) },
    ],
  }));
  watch.setMachines(machines, BEGIN_S);
  let spentMs = 0;
  for (let minute = 0; minute < MINUTES; minute += 1) {
    const readings = machines.map(({ number }) => {
      const reading = readingOf(number, minute);
      return { machine: number, reading, sample: toSample(reading) };
    });
    const begun = performance.now();
    for (const first of slices) {
      watch.take(
        readings.slice(first, first + SLICE).map(({ machine, reading, sample }) => ({ machine, facts: toFacts(reading, sample) })),
      );
    }
    spentMs += performance.now() - begun;
    watch.drain();
  }
  say(
    'rules in memory',
    `${Math.round((MACHINES * MINUTES) / (spentMs / 1000)).toLocaleString('en')} readings/s over ${RULE_IDS.length} rules`,
  );
}

async function benchTables(): Promise<void> {
  const { ownerUrl, appUrl, end } = await startOwnDatabase('bench-alerts');
  await prepareDatabase({ ownerUrl, appUrl, migrationsFolder: migrationsFolder() });
  const db = createDb(appUrl);
  try {
    const { tenantId, site, numbers } = await addSite(ownerUrl, { machines: MACHINES }).then(({ tenantId, site, machines }) => ({
      tenantId,
      site,
      numbers: machines.map(({ number }) => number),
    }));
    let nowS = BEGIN_S;
    const deps: EvaluateDeps = {
      ...createEvaluateDeps(db),
      publish: async () => undefined,
      orderNotices: async () => undefined,
      nowMs: () => nowS * 1000,
    };
    const times: number[] = [];
    let changed = 0;
    for (let minute = 0; minute < MINUTES; minute += 1) {
      nowS = BEGIN_S + minute * 60;
      for (const first of slices) {
        const readings = numbers.slice(first, first + SLICE).map((machineNumber, place) => {
          const reading = readingOf(first + place, minute);
          return { machineNumber, reading, sample: toSample(reading) };
        });
        const begun = performance.now();
        changed += (await evaluateBatchWith(deps, { tenantId, siteNumber: site, readings })).changed;
        times.push(performance.now() - begun);
      }
    }
    const ms = (share: number) => `${quantile(times, share).toFixed(0)} ms`;
    say(
      'from 500 stored readings to committed alert rows',
      `p50 ${ms(0.5)}, p95 ${ms(0.95)}, longest ${ms(1)} (the first loads the site); ${changed} alerts changed`,
    );
  } finally {
    await db.$disconnect();
    await end();
  }
}

say('machine', `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`);
benchRules();
await benchTables();
