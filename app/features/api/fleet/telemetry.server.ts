/** Telemetry over HTTP (decision 0095): how machines are and were, energy, demand and uptime. Everybody is shown what they may see and nothing of the rest. */

import {
  answerFaults,
  answerNotFound,
  answerWorkspace,
  toJson,
  type WorkspaceArgs,
  withId,
} from '#app/features/api/wire/workspace-requests.server.ts';
import { getSitesDeps } from '#app/features/sites/scope.server.ts';
import { type CallerReach, findCallerReach } from '#app/features/telemetry/read/caller-reach.server.ts';
import { findReachedSite } from '#app/features/telemetry/read/reached-site.server.ts';
import { findLive, type LiveDetail, listLive } from '#app/features/telemetry/read/read-live.server.ts';
import { readMachineHistory, readMachineSamples } from '#app/features/telemetry/read/read-machine.server.ts';
import { readSiteSeries } from '#app/features/telemetry/read/read-site-series.server.ts';
import { readMonthDemand, readSums, type SumOf } from '#app/features/telemetry/read/read-sums.server.ts';
import { toPublicPool } from '#app/features/telemetry/store/pool-address.ts';
import { type Db, getDb } from '#app/platform/db.server.ts';
import { type Read, readMonthQuery, readNoQuery, readSamplesQuery, readSpanQuery, readStatesQuery } from './read-telemetry-query.ts';

const nowInS = () => Date.now() / 1000;

type Asked<T> = CallerReach & { db: Db; query: T };

/** Reads the parameters and the reach, then the answer; null is "not found". */
function answerReading<T>(
  args: WorkspaceArgs,
  id: string,
  readQuery: (url: string) => Read<T>,
  work: (asked: Asked<T>) => Promise<object | null>,
): Promise<Response> {
  return answerWorkspace(args, {
    GET: ({ request, caller }) =>
      withId(request, [id], async () => {
        const query = readQuery(request.url);
        if (query.kind === 'invalid') return answerFaults(request, query.faults);
        const answer = await work({ ...(await findCallerReach(getSitesDeps(), caller)), db: getDb(), query: query.value });
        return answer === null ? answerNotFound(request) : toJson(answer);
      }),
  });
}

/** `GET /api/v1/sites/{id}/states`: machines of the site as they are, by number. */
export function answerSiteStates(args: WorkspaceArgs, siteId = ''): Promise<Response> {
  return answerReading(args, siteId, readStatesQuery, async ({ db, tenantId, reach, query }) => {
    if ((await findReachedSite(db, tenantId, reach, siteId)) === null) return null;
    const { after, limit, ...filter } = query;
    const machines = await listLive(db, tenantId, reach, { siteId, ...filter, afterNumber: after, take: limit + 1 });
    const shown = machines.slice(0, limit);
    return { machines: shown, next: machines.length > limit ? (shown.at(-1)?.number ?? null) : null };
  });
}

/** `GET /api/v1/sites/{id}/series`. */
export function answerSiteSeries(args: WorkspaceArgs, siteId = ''): Promise<Response> {
  const readQuery = (url: string) => readSpanQuery(url, nowInS(), ['clientId']);
  return answerReading(args, siteId, readQuery, async ({ db, tenantId, reach, query }) => {
    if ((await findReachedSite(db, tenantId, reach, siteId)) === null) return null;
    return readSiteSeries(db, tenantId, reach, { siteId, ...query });
  });
}

/** `GET /api/v1/sites/{id}/demand`: quarters of an hour of one month, and its peak. */
export function answerSiteDemand(args: WorkspaceArgs, siteId = ''): Promise<Response> {
  const readQuery = (url: string) => readMonthQuery(url, nowInS());
  return answerReading(args, siteId, readQuery, ({ db, tenantId, reach, query }) =>
    readMonthDemand(db, tenantId, reach, { siteId, ...query }),
  );
}

/** Energy and uptime of a site, a client or a machine over a span. */
function answerSums(
  args: WorkspaceArgs,
  id: string,
  toSumOf: (siteId: string | undefined) => SumOf,
  others: readonly 'siteId'[] = [],
): Promise<Response> {
  const readQuery = (url: string) => readSpanQuery(url, nowInS(), others);
  return answerReading(args, id, readQuery, async ({ db, tenantId, reach, query: { fromS, toS, siteId } }) => {
    const of = toSumOf(siteId);
    if (of.kind === 'site' && (await findReachedSite(db, tenantId, reach, of.siteId)) === null) return null;
    return readSums(db, tenantId, reach, { of, fromS, toS, nowS: nowInS() });
  });
}

export const answerSiteUptime = (args: WorkspaceArgs, id = '') => answerSums(args, id, () => ({ kind: 'site', siteId: id }));
export const answerMachineUptime = (args: WorkspaceArgs, id = '') => answerSums(args, id, () => ({ kind: 'machine', machineId: id }));
export const answerClientUptime = (args: WorkspaceArgs, id = '') =>
  answerSums(args, id, (siteId) => ({ kind: 'client', clientId: id, ...(siteId === undefined ? {} : { siteId }) }), ['siteId']);

/** Without what names an address or an account of the host: what went wrong, the MAC address, what was written where a figure should be, and of pools all but their public names. */
function toClientDetail({ troubleDetail: _troubleDetail, snapshot, ...rest }: LiveDetail) {
  if (snapshot === null) return { ...rest, snapshot };
  const { macAddress: _macAddress, notes: _notes, ...shown } = snapshot;
  const pools = shown.pools.map(({ worker: _worker, url, ...pool }) => ({ ...pool, url: toPublicPool(url) }));
  return { ...rest, snapshot: { ...shown, pools } };
}

/** `GET /api/v1/machines/{id}/live`. */
export function answerMachineLive(args: WorkspaceArgs, machineId = ''): Promise<Response> {
  return answerReading(args, machineId, readNoQuery, async ({ db, tenantId, reach, seesHost }) => {
    const detail = await findLive(db, tenantId, reach, machineId);
    return detail === null || seesHost ? detail : toClientDetail(detail);
  });
}

/** `GET /api/v1/machines/{id}/samples`: every reading, oldest first. */
export function answerMachineSamples(args: WorkspaceArgs, machineId = ''): Promise<Response> {
  const readQuery = (url: string) => readSamplesQuery(url, nowInS());
  return answerReading(args, machineId, readQuery, async ({ db, tenantId, reach, query: { fromS, toS, after, limit } }) => {
    const span = { fromS: Math.min(Math.max(fromS, after + 1), toS - 1), toS };
    const samples = await readMachineSamples(db, tenantId, reach, { machineId, ...span });
    if (samples === null) return null;
    const open = samples.filter(({ atS }) => atS > after);
    const shown = open.slice(0, limit);
    return { samples: shown, next: open.length > limit ? (shown.at(-1)?.atS ?? null) : null };
  });
}

/** `GET /api/v1/machines/{id}/history`: five-minute means, hours or days, by the length of the span. */
export function answerMachineHistory(args: WorkspaceArgs, machineId = ''): Promise<Response> {
  const readQuery = (url: string) => readSpanQuery(url, nowInS());
  return answerReading(args, machineId, readQuery, ({ db, tenantId, reach, query: { fromS, toS } }) =>
    readMachineHistory(db, tenantId, reach, { machineId, fromS, toS }),
  );
}
