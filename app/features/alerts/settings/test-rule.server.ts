// What a rule would have found: the stored samples of a site once more through the same watch, with that one rule. Nothing is written.
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { type ChangeOutcome, done, NOT_FOUND, refuse, toChangeFault } from '#app/features/sites/refused-change.ts';
import { type Caller, type SitesDeps, whereSites, withScope } from '#app/features/sites/scope.server.ts';
import { fromStateCode, fromTroubleCode, type Observation, type TimeState } from '#app/features/telemetry/store/sample-state.ts';
import { toNumberSchema } from '#app/platform/number-schema.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import type { Facts, JudgedSample } from '../rules/facts.ts';
import { mergeSettings, type RuleChange } from '../rules/rule-settings.ts';
import { findRule, RULE_IDS, type RuleId, type Severity } from '../rules/rule-table.ts';
import { findWatchedSite, readRuleChanges, readWatchedMachines } from '../store/load-watch.server.ts';
import type { RuleBook } from '../watch/active-rules.ts';
import type { AlertScope } from '../watch/common-cause.ts';
import { SiteWatch } from '../watch/site-watch.ts';
import { TEST_HOURS_DEFAULT, TEST_RANGES } from './test-ranges.ts';

/** Samples that one test looks at; of a larger site the first machines are taken, and the answer says how many. */
const MAX_SAMPLES = 300_000;
/** Alerts that are named; all are counted. */
const MAX_NAMED = 200;
const TIMEOUT_MS = 30_000;
/** Samples are read by the hour, and between two cycles others are let in: a test takes seconds of the process that answers everybody. */
const SPAN_S = 3_600;

/** `change` is checked by the schema of its rule. */
export const RuleTestSchema = z.strictObject({
  rule: z.enum(RULE_IDS),
  siteId: z.uuid(),
  hours: toNumberSchema(TEST_RANGES.hours).default(TEST_HOURS_DEFAULT),
  change: z.record(z.string(), z.unknown()).optional(),
});

export type RuleTestRequest = { rule: RuleId; siteId: string; hours: number; change: RuleChange };

export type RuleTestAnswer = {
  rule: RuleId;
  fromAt: string;
  toAt: string;
  machines: number;
  /** Of these, as many as fit into the bound. */
  machinesTested: number;
  samples: number;
  alerts: number;
  /** The first of them. */
  named: { scope: AlertScope; severity: Severity; machines: number[]; openedAt: string; resolvedAt: string | null }[];
};

/** A sample as it is stored: with the judged state in place of what was seen. */
type Row = Omit<JudgedSample, 'observation'> & { machine: number; state: number };

/** Samples keep the judged state and not what was seen; of a faulty machine it is only known that it did not hash. */
const OBSERVED: Readonly<Record<TimeState, Observation>> = {
  hashing: 'hashing',
  curtailed: 'idle',
  planned: 'idle',
  faulty: 'idle',
  unknown: 'unknown',
};
const ANNOUNCED = { hashing: 'running', curtailed: 'curtailed', planned: 'maintenance', faulty: 'running', unknown: 'running' } as const;

function toFacts({ machine: _machine, state: code, trouble: troubleCode, ...figures }: Row): Facts {
  const state = fromStateCode(code);
  const trouble = fromTroubleCode(troubleCode);
  const nothing = {
    boardsDead: null,
    chipsMissing: null,
    mode: null,
    firmware: null,
    poolHost: null,
    poolHosts: [],
    targetThs: null,
    worker: null,
    clockSkewS: null,
  };
  return { ...figures, ...nothing, trouble, observation: trouble === 'none' ? OBSERVED[state] : 'failed', announced: ANNOUNCED[state] };
}

export function testRule(
  deps: SitesDeps,
  caller: Caller,
  request: RuleTestRequest,
  nowMs = Date.now(),
): Promise<ChangeOutcome<RuleTestAnswer>> {
  const { rule, siteId, hours, change } = request;
  return withScope(
    deps,
    caller,
    'alerts.write',
    async (scoped) => {
      const { tx } = scoped;
      const row = await tx.site.findFirst({ where: { AND: [whereSites(scoped), { id: siteId }] }, select: { number: true } });
      const site = row === null ? null : await findWatchedSite(tx, row.number);
      if (site === null) return NOT_FOUND;
      if (!findRule(rule).isInHistory) return refuse(toChangeFault('rule', rule, 'not_in_history'));
      const all = (await readWatchedMachines(tx, site)).sort((one, other) => one.number - other.number);
      const most = Math.max(1, Math.floor(MAX_SAMPLES / ((hours * 3_600) / site.cadenceS)));
      // Announced then, not now: samples say what was.
      const machines = all.slice(0, most).map((machine) => ({ ...machine, status: 'active' as const }));
      const toS = Math.floor(nowMs / 1000);
      const fromS = toS - hours * 3_600;
      const watch = new SiteWatch({ site: site.number, cadenceS: site.cadenceS, newId: toCounter() });
      const changesOf = await readRuleChanges(tx, site.id);
      watch.setRules(onlyRule(rule, [...changesOf(rule), change]), fromS);
      watch.setMachines(machines, fromS);
      let samples = 0;
      for (let beginS = fromS; beginS < toS; beginS += SPAN_S) {
        const numbers = machines.map(({ number }) => number);
        const rows = await readRows(tx, numbers, beginS, Math.min(beginS + SPAN_S, toS), MAX_SAMPLES - samples);
        samples += rows.length;
        for (const batch of inCycles(rows, site.cadenceS)) {
          watch.take(batch.map((one) => ({ machine: one.machine, facts: toFacts(one) })));
          // The sweep finds machines that were not asked any more while others were.
          watch.tick(batch.at(-1)?.atS ?? fromS);
          await setImmediate();
        }
      }
      return done(toAnswer(request, { fromS, toS, machines: all.length, machinesTested: machines.length, samples }, watch));
    },
    TIMEOUT_MS,
  );
}

/** In the order of time, `most` at most. */
function readRows(tx: TenantClient, numbers: readonly number[], fromS: number, toS: number, most: number): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT machine, at_s AS "atS", state::int4, trouble::int4, hashrate_ths AS "hashrateThs", accepted_shares AS "acceptedShares", rejected_shares AS "rejectedShares",
      hardware_errors AS "hardwareErrors", uptime_s AS "uptimeS", chip_temperature_c::int4 AS "chipTemperatureC", board_temperature_c::int4 AS "boardTemperatureC",
      fan_rpm::int4 AS "fanRpm", boards_alive::int4 AS "boardsAlive", chips::int4
    FROM telemetry_samples WHERE machine = ANY(${numbers}::int4[]) AND at_s >= ${fromS}::int4 AND at_s < ${toS}::int4
    ORDER BY at_s, machine LIMIT ${most}`;
}

/** Names for alerts that nobody keeps. */
function toCounter(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return String(last);
  };
}

/** As the rule works on the site, with what is tried on top; a rule that is off is tried all the same. */
function onlyRule(rule: RuleId, changes: readonly (RuleChange | undefined)[]): RuleBook {
  return Object.fromEntries(
    RULE_IDS.map((id) => [id, id === rule ? mergeSettings(id, ...changes, { isEnabled: true }) : mergeSettings(id, { isEnabled: false })]),
  ) as RuleBook;
}

function* inCycles(rows: readonly Row[], cadenceS: number): Generator<Row[]> {
  let batch: Row[] = [];
  for (const row of rows) {
    const [first] = batch;
    if (first !== undefined && row.atS - first.atS >= cadenceS) {
      yield batch;
      batch = [];
    }
    batch.push(row);
  }
  if (batch.length > 0) yield batch;
}

type Bounds = { fromS: number; toS: number; machines: number; machinesTested: number; samples: number };

function toAnswer({ rule }: RuleTestRequest, { fromS, toS, ...counts }: Bounds, watch: SiteWatch): RuleTestAnswer {
  const changes = watch.drain();
  // An alert that went up in a group was not told on its own.
  const grouped = new Set(
    changes.flatMap((change) => (change.kind === 'resolved' && change.because === 'grouped' ? [change.alert.id] : [])),
  );
  const opened = changes.flatMap((change) => (change.kind === 'opened' && !grouped.has(change.alert.id) ? [change.alert] : []));
  const membersOf = (id: string) => [
    ...new Set(changes.flatMap((change) => (change.kind === 'joined' && change.alert.id === id ? [change.machine] : []))),
  ];
  const toIso = (atS: number) => new Date(atS * 1000).toISOString();
  return {
    rule,
    fromAt: toIso(fromS),
    toAt: toIso(toS),
    ...counts,
    alerts: opened.length,
    named: opened.slice(0, MAX_NAMED).map(({ id, scope, severity, openedAtS, resolvedAtS }) => ({
      scope,
      severity,
      machines: membersOf(id),
      openedAt: toIso(openedAtS),
      resolvedAt: resolvedAtS === null ? null : toIso(resolvedAtS),
    })),
  };
}
