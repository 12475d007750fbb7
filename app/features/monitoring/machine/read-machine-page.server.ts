/** Read model of /machines/{number}: what the machine is, what it last said in full, and what it did over the span that was asked for. */
import { listOpenOf, type OpenAlerts } from '#app/features/alerts/read/open-alerts.server.ts';
import { type ChartWindow, WINDOW_HOURS } from '#app/features/monitoring/charts/chart-window.ts';
import type { FleetReader } from '#app/features/monitoring/fleet-reader.server.ts';
import { isStale } from '#app/features/monitoring/rack-map/fleet-cells.ts';
import { listMachineChanges, type MachineChangeView } from '#app/features/sites/history/list-changes.server.ts';
import { findMachineById } from '#app/features/sites/machines/list-machines.server.ts';
import type { MachineView } from '#app/features/sites/machines/machine-view.ts';
import type { Energy } from '#app/features/telemetry/energy/energy.ts';
import { toGapLimitS, toSilenceLimitS } from '#app/features/telemetry/layers.ts';
import { isReached } from '#app/features/telemetry/read/reach.server.ts';
import { findLive, type LiveDetail } from '#app/features/telemetry/read/read-live.server.ts';
import { readMachineHistory, readMachineSamples } from '#app/features/telemetry/read/read-machine.server.ts';
import { readSums } from '#app/features/telemetry/read/read-sums.server.ts';
import type { Uptime } from '#app/features/telemetry/read/uptime.ts';
import { toPublicPool } from '#app/features/telemetry/store/pool-address.ts';
import type { SampleTrouble, TimeState } from '#app/features/telemetry/store/sample-state.ts';
import type { Board, Fan, MachineSnapshot, Pool } from '#collectors/cgminer/snapshot.ts';
import type { MachinePoints } from './machine-points.ts';
import { fromHistory, fromSamples } from './machine-points.ts';

const SHOWN_CHANGES = 50;
const MAX_NUMBER = 2_147_483_647;

export type ShownBoard = Board;
export type ShownFan = Fan;
/** `url` null: it is the host's proxy. `worker` is there for the host only. */
export type ShownPool = Omit<Pool, 'url' | 'worker'> & { url: string | null; worker?: string | null };

export type MachineLive = {
  atS: number;
  readAtS: number | null;
  /** Unknown where the last sample is too old. */
  state: TimeState;
  isStale: boolean;
  trouble: SampleTrouble;
  /** Null: the last reading. Figures of an older one say of when they are: `readAtS`. */
  snapshot:
    | (Pick<
        MachineSnapshot,
        | 'hashrateThs'
        | 'powerW'
        | 'chipTemperatureC'
        | 'boardTemperatureC'
        | 'inletTemperatureC'
        | 'outletTemperatureC'
        | 'uptimeS'
        | 'acceptedShares'
        | 'rejectedShares'
        | 'hardwareErrors'
        | 'mode'
        | 'firmware'
        | 'firmwareVersion'
      > & {
        boards: readonly Board[];
        fans: readonly Fan[];
        pools: ShownPool[];
        errorCodes: readonly { code: string; message: string | null }[];
      })
    | null;
  /** For the host only: what went wrong, and all that the machine said, as JSON. */
  host: { troubleDetail: string | null; raw: string | null } | null;
};

export type MachinePageView = {
  nowMs: number;
  machine: MachineView;
  timeZone: string;
  live: MachineLive | null;
  window: ChartWindow;
  points: MachinePoints;
  /** Of whole days of the site. */
  sums: { uptime: Uptime; energy: Energy; fromS: number; toS: number } | null;
  changes: MachineChangeView[];
  /** Null: alerts are not the reader's to see. */
  openAlerts: OpenAlerts | null;
  seesHost: boolean;
  may: FleetReader['may'];
};

/** Id of the machine of this number; null: none that the reader may see. */
export async function findMachineId({ deps, tenantId, reach }: FleetReader, numberText: string): Promise<string | null> {
  const number = /^\d{1,10}$/.test(numberText) ? Number(numberText) : 0;
  if (number < 1 || number > MAX_NUMBER) return null;
  const rows = await deps.db.$withTenant(
    tenantId,
    (tx) => tx.$queryRaw<{ id: string }[]>`SELECT m.id FROM machines m WHERE m.number = ${number}::int4 AND ${isReached(reach)}`,
  );
  return rows[0]?.id ?? null;
}

/** Null: no such machine for this reader. */
export async function readMachinePage(reader: FleetReader, numberText: string, window: ChartWindow): Promise<MachinePageView | null> {
  const { deps, caller, tenantId, reach, seesHost, may } = reader;
  const machineId = await findMachineId(reader, numberText);
  const machine = machineId === null ? null : await findMachineById(deps, caller, machineId);
  if (machineId === null || machine === null) return null;
  const nowMs = Date.now();
  const nowS = Math.floor(nowMs / 1000);
  const span = { fromS: nowS - WINDOW_HOURS[window] * 3_600, toS: nowS };
  const [site, live, points, sums, changes, openAlerts] = await Promise.all([
    deps.db.$withTenant(tenantId, (tx) =>
      tx.site.findUniqueOrThrow({ where: { id: machine.site.id }, select: { timeZone: true, pollCadenceS: true } }),
    ),
    findLive(deps.db, tenantId, reach, machineId),
    window === '24h'
      ? readMachineSamples(deps.db, tenantId, reach, { machineId, ...span })
      : readMachineHistory(deps.db, tenantId, reach, { machineId, ...span }),
    readSums(deps.db, tenantId, reach, { of: { kind: 'machine', machineId }, nowS, ...span }),
    listMachineChanges(deps, caller, machineId, { before: null, limit: SHOWN_CHANGES }),
    may.readAlerts ? listOpenOf(deps, caller, { machineId }) : null,
  ]);
  const gapS = toGapLimitS(site.pollCadenceS);
  return {
    nowMs,
    machine,
    timeZone: site.timeZone,
    live: live === null ? null : toShownLive(live, { nowS, gapS, silenceS: toSilenceLimitS(site.pollCadenceS), seesHost }),
    window,
    points: Array.isArray(points) ? fromSamples(points, gapS) : fromHistory(points),
    sums: sums === null || sums.uptime.totalS === 0 ? null : sums,
    changes: changes?.changes ?? [],
    openAlerts,
    seesHost,
    may,
  };
}

type Telling = { nowS: number; gapS: number; silenceS: number; seesHost: boolean };

/** Picked field by field: what drivers will add to the snapshot one day is not shown to anybody by itself. */
function toShownLive(
  { atS, readAtS, state, trouble, troubleDetail, snapshot }: LiveDetail,
  { nowS, gapS, silenceS, seesHost }: Telling,
): MachineLive {
  const isOld = isStale(atS, nowS, gapS);
  const isAnnouncedSilence = trouble !== 'none' && (state === 'curtailed' || state === 'planned');
  return {
    atS,
    readAtS,
    state: isStale(atS, nowS, isAnnouncedSilence ? silenceS : gapS) ? 'unknown' : state,
    isStale: isOld,
    trouble,
    snapshot:
      snapshot === null
        ? null
        : {
            hashrateThs: snapshot.hashrateThs,
            powerW: snapshot.powerW,
            chipTemperatureC: snapshot.chipTemperatureC,
            boardTemperatureC: snapshot.boardTemperatureC,
            inletTemperatureC: snapshot.inletTemperatureC,
            outletTemperatureC: snapshot.outletTemperatureC,
            uptimeS: snapshot.uptimeS,
            acceptedShares: snapshot.acceptedShares,
            rejectedShares: snapshot.rejectedShares,
            hardwareErrors: snapshot.hardwareErrors,
            mode: snapshot.mode,
            firmware: snapshot.firmware,
            firmwareVersion: snapshot.firmwareVersion,
            boards: snapshot.boards,
            fans: snapshot.fans,
            pools: snapshot.pools.map(({ url, worker, ...pool }) => ({
              ...pool,
              url: seesHost ? url : toPublicPool(url),
              ...(seesHost ? { worker } : {}),
            })),
            errorCodes: snapshot.errorCodes,
          },
    host: seesHost ? { troubleDetail, raw: snapshot === null ? null : JSON.stringify(snapshot, null, 2) } : null,
  };
}
