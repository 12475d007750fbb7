/** Hash rates, shares and uptime as cgminer's `summary` names them: the window in the key, the unit before it ("MHS 5s", "GHS av"). */
import { type Replies, type ReplyRecord, recordsOf } from '../parsing/replies.ts';
import type { Figures, HashUnit } from './figures.ts';

const UNIT_OF_PREFIX: readonly (readonly [string, HashUnit])[] = [
  ['MHS', 'MH'],
  ['GHS', 'GH'],
  ['THS', 'TH'],
  ['KHS', 'KH'],
  ['PHS', 'PH'],
];
/** Up to a minute, shortest first. */
export const SHORT_WINDOWS = ['5s', '10s', '15s', '30s', '1m'] as const;

export type HashratesRead = {
  hashrateThs: number | null;
  hashrate5mThs: number | null;
  hashrate15mThs: number | null;
  hashrate24hThs: number | null;
  hashrateAverageThs: number | null;
};

/** The first of the windows that the record has. `unit` takes the place of the key's own where a reply says it (`rate_unit`). */
export function readHashrate(
  figures: Figures,
  field: string,
  record: ReplyRecord,
  windows: readonly string[],
  unit: HashUnit | null = null,
): number | null {
  return figures.firstOf(
    windows.flatMap((window) =>
      UNIT_OF_PREFIX.map(
        ([prefix, unitOfKey]) =>
          () =>
            figures.hashrateThs(field, record[`${prefix} ${window}`], unit ?? unitOfKey),
      ),
    ),
  );
}

/** `ofNow` is asked for the rate of now when no short window can be believed. */
export function readHashrates(
  figures: Figures,
  record: ReplyRecord,
  unit: HashUnit | null = null,
  ofNow: () => number | null = () => null,
): HashratesRead {
  return {
    hashrateThs: figures.firstOf([() => readHashrate(figures, 'hashrateThs', record, SHORT_WINDOWS, unit), ofNow]),
    hashrate5mThs: readHashrate(figures, 'hashrate5mThs', record, ['5m'], unit),
    hashrate15mThs: readHashrate(figures, 'hashrate15mThs', record, ['15m'], unit),
    hashrate24hThs: readHashrate(figures, 'hashrate24hThs', record, ['24h'], unit),
    hashrateAverageThs: readHashrate(figures, 'hashrateAverageThs', record, ['av'], unit),
  };
}

/** The `SUMMARY` record; of firmware that was not asked for it and has one device, that device, whose fields have the same names. */
export function summaryOf(replies: Replies): ReplyRecord {
  const devices = recordsOf(replies, ['devs', 'edevs'], 'DEVS');
  const summary = recordsOf(replies, 'summary', 'SUMMARY')[0];
  return summary ?? (devices.length === 1 ? devices[0]! : {});
}

/** `beside` is where the same figures stand in another reply, for machines that were not asked for a summary or wrote nonsense there. */
export function readShares(figures: Figures, summary: ReplyRecord, beside: { elapsed?: unknown; hardwareErrors?: unknown } = {}) {
  const firstOf = (read: (field: string, raw: unknown) => number | null, field: string, raws: readonly unknown[]) =>
    figures.firstOf(raws.map((raw) => () => read(field, raw)));
  return {
    acceptedShares: figures.count('acceptedShares', summary.Accepted),
    rejectedShares: figures.count('rejectedShares', summary.Rejected),
    staleShares: figures.count('staleShares', summary.Stale),
    hardwareErrors: firstOf(figures.count, 'hardwareErrors', [summary['Hardware Errors'], beside.hardwareErrors]),
    uptimeS: firstOf(figures.uptimeS, 'uptimeS', [summary.Elapsed, summary['Device Elapsed'], beside.elapsed]),
  };
}
