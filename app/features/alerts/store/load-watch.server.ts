// Builds the watch of a site from the tables: its machines, what the rules are set to, what is open and what was lately, and what is remembered.
import { randomUUID } from 'node:crypto';
import type { MachineStatus } from '#app/features/sites/machines/machine-fields.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import { type Memory, readMemory } from '../rules/memory.ts';
import { mergeSettings, type RuleChange } from '../rules/rule-settings.ts';
import { isRuleId, RULE_IDS, type RuleId, SEVERITIES } from '../rules/rule-table.ts';
import type { RuleBook } from '../watch/active-rules.ts';
import { type AlertScope, type Group, toSubnet } from '../watch/common-cause.ts';
import type { SiteAlert } from '../watch/site-alert.ts';
import { SiteWatch, type StoredTrouble } from '../watch/site-watch.ts';
import type { WatchedMachine } from '../watch/watched-site.ts';

/** Openings longer ago than the longest window of recurrence and the longest cool-down are nobody's business. */
const PAST_DAYS = 7;

export type WatchedSite = { id: string; number: number; cadenceS: number };
export type LoadedWatch = { site: WatchedSite; watch: SiteWatch; ids: Map<number, string>; revision: number };

export async function findWatchedSite(tx: TenantClient, number: number): Promise<WatchedSite | null> {
  const site = await tx.site.findFirst({ where: { number }, select: { id: true, number: true, pollCadenceS: true } });
  return site === null ? null : { id: site.id, number: site.number, cadenceS: site.pollCadenceS };
}

type MachineRow = {
  id: string;
  number: number;
  status: MachineStatus;
  model: string | null;
  ratedHashrateThs: number | null;
  worker: string | null;
  host: string | null;
  rackId: string | null;
};

/** Machines that are let in and not retired, with the places they stand in. */
export async function readWatchedMachines(tx: TenantClient, site: WatchedSite): Promise<WatchedMachine[]> {
  const places = await tx.sitePlace.findMany({ where: { siteId: site.id }, select: { id: true, parentId: true, kind: true } });
  const byId = new Map(places.map((place) => [place.id, place]));
  const rows = await tx.$queryRaw<MachineRow[]>`
    SELECT id, number, status, coalesce(catalogue_id, model) AS model, rated_hashrate_ths AS "ratedHashrateThs", worker, host, rack_id AS "rackId"
    FROM machines WHERE site_id = ${site.id}::uuid AND approval = 'approved' AND status <> 'retired' ORDER BY number`;
  const chains = new Map<string, Group[]>();
  const chainOf = (rackId: string): Group[] => {
    const known = chains.get(rackId);
    if (known) return known;
    const chain: Group[] = [];
    for (let place = byId.get(rackId); place !== undefined; place = place.parentId === null ? undefined : byId.get(place.parentId)) {
      chain.unshift({ scope: place.kind as Group['scope'], key: place.id });
    }
    chains.set(rackId, chain);
    return chain;
  };
  return rows.map(({ host, rackId, ...machine }) => {
    const subnet = toSubnet(host);
    const groups: Group[] = [
      { scope: 'site', key: String(site.number) },
      ...(rackId === null ? [] : chainOf(rackId)),
      ...(subnet === null ? [] : [{ scope: 'subnet' as const, key: subnet }]),
    ];
    return { ...machine, hasAddress: host !== null, groups };
  });
}

/** What the workspace and the site set each rule to. */
export type RuleChanges = (rule: RuleId) => [ofWorkspace: RuleChange | undefined, ofSite: RuleChange | undefined];

export async function readRuleChanges(tx: TenantClient, siteId: string): Promise<RuleChanges> {
  const rows = await tx.alertRule.findMany({
    where: { OR: [{ siteId: null }, { siteId }] },
    select: { siteId: true, rule: true, change: true },
  });
  const changeOf = (rule: RuleId, ofSite: boolean) =>
    rows.find((row) => row.rule === rule && (row.siteId !== null) === ofSite)?.change as RuleChange | undefined;
  return (rule) => [changeOf(rule, false), changeOf(rule, true)];
}

export async function readRuleBook(tx: TenantClient, siteId: string): Promise<RuleBook> {
  const changesOf = await readRuleChanges(tx, siteId);
  return Object.fromEntries(RULE_IDS.map((rule) => [rule, mergeSettings(rule, ...changesOf(rule))])) as RuleBook;
}

export async function loadWatch(tx: TenantClient, site: WatchedSite, nowS: number): Promise<LoadedWatch> {
  const watch = new SiteWatch({ site: site.number, cadenceS: site.cadenceS, newId: randomUUID });
  const machines = await readWatchedMachines(tx, site);
  watch.setRules(await readRuleBook(tx, site.id), nowS);
  watch.setMachines(machines, nowS);
  const ids = new Map(machines.map(({ number, id }) => [number, id]));
  const stored = {
    alerts: await readAlerts(tx, site),
    troubles: await readTroubles(tx, site),
    memories: await readMemories(tx, site),
    heard: await readHeard(tx, site),
  };
  watch.restore(stored, nowS);
  const row = await tx.alertWatch.findFirst({ where: { siteId: site.id }, select: { revision: true } });
  return { site, watch, ids, revision: row?.revision ?? 0 };
}

type AlertRow = {
  id: string;
  rule: string;
  severity: number;
  scope: AlertScope;
  scopeKey: string;
  openedAtS: number;
  resolvedAtS: number | null;
  occurrences: number;
  members: number[];
};

async function readAlerts(tx: TenantClient, site: WatchedSite): Promise<SiteAlert[]> {
  const rows = await tx.$queryRaw<AlertRow[]>`
    SELECT a.id, a.rule, a.severity::int4, a.scope, a.scope_key AS "scopeKey", extract(epoch FROM a.opened_at)::float8 AS "openedAtS",
      extract(epoch FROM a.resolved_at)::float8 AS "resolvedAtS", a.occurrences,
      ARRAY(SELECT m.number FROM alert_members am JOIN machines m ON m.id = am.machine_id WHERE am.alert_id = a.id AND am.left_at IS NULL) AS members
    FROM alerts a WHERE a.site_id = ${site.id}::uuid AND (a.resolved_at IS NULL OR a.resolved_at > now() - make_interval(days => ${PAST_DAYS}::int4))
    ORDER BY a.opened_at, a.id`;
  return rows.flatMap(({ rule, severity, members, ...row }) =>
    isRuleId(rule)
      ? [
          {
            ...row,
            rule,
            severity: SEVERITIES[severity] ?? 'P3',
            members: new Set(members),
            toldMachines: members.length,
            toldAtS: row.openedAtS,
          },
        ]
      : [],
  );
}

/** The last of each rule on each machine. */
async function readTroubles(tx: TenantClient, site: WatchedSite): Promise<StoredTrouble[]> {
  const rows = await tx.$queryRaw<(Omit<StoredTrouble, 'rule'> & { rule: string })[]>`
    SELECT DISTINCT ON (m.number, a.rule) m.number AS machine, a.rule, a.id AS "alertId", extract(epoch FROM am.since_at)::float8 AS "openedAtS",
      extract(epoch FROM am.left_at)::float8 AS "closedAtS", am.openings_s AS openings
    FROM alert_members am JOIN alerts a ON a.id = am.alert_id JOIN machines m ON m.id = am.machine_id
    WHERE a.site_id = ${site.id}::uuid AND (am.left_at IS NULL
      OR (am.left_at > now() - make_interval(days => ${PAST_DAYS}::int4) AND am.left_because = 'recovered'))
    ORDER BY m.number, a.rule, am.left_at DESC NULLS FIRST, am.joined_at DESC`;
  return rows.flatMap(({ rule, ...row }) => (isRuleId(rule) ? [{ ...row, rule }] : []));
}

async function readMemories(tx: TenantClient, site: WatchedSite): Promise<[number, Memory][]> {
  const rows = await tx.$queryRaw<{ number: number; memory: Partial<Memory> }[]>`
    SELECT m.number, b.memory FROM alert_baselines b JOIN machines m ON m.id = b.machine_id WHERE m.site_id = ${site.id}::uuid`;
  return rows.map(({ number, memory }) => [number, readMemory(memory)]);
}

export async function readHeard(tx: TenantClient, site: WatchedSite): Promise<[number, number][]> {
  const rows = await tx.$queryRaw<
    { machine: number; atS: number }[]
  >`SELECT machine, at_s AS "atS" FROM telemetry_live WHERE site = ${site.number}::int4`;
  return rows.map(({ machine, atS }) => [machine, atS]);
}

/** Texts of `jsonb_to_recordset` travel as one parameter. */
export const toRows = (rows: readonly unknown[]): Prisma.Sql => Prisma.sql`${JSON.stringify(rows)}::jsonb`;
