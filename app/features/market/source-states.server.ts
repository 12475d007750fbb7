/** What is remembered about sources between two fetches: how asking went, and the last value that each gave. */
import type { Db } from '#app/platform/db.server.ts';
import type { MarketSource, ReadFailure, ReadOutcome } from '#collectors/market/source.ts';
import { afterFailure, afterSuccess, type BreakerState } from './choosing/breaker.ts';
import type { SourceReading } from './choosing/choose-figure.ts';

export type SourcesDb = Pick<Db, 'marketSourceState' | 'marketReading' | 'marketFigure' | '$transaction'>;
/** The same inside a transaction. */
export type SourcesTx = Parameters<Parameters<Db['$transaction']>[0]>[0];

/** Times that the rate of errors is taken over. */
const RECENT_TIMES = 100;
const MAX_REASON_CHARS = 300;

export type KnownState = BreakerState & { recent: string; askedAtMs: number | null };
const UNKNOWN_STATE: KnownState = { ...afterSuccess(), recent: '', askedAtMs: null };

/** How asking the source went until now. */
export async function readState(db: Pick<SourcesDb, 'marketSourceState'>, { name, url }: MarketSource): Promise<KnownState> {
  const row = await db.marketSourceState.findUnique({
    where: { source_url: { source: name, url } },
    select: { askedAt: true, failuresInRow: true, openUntil: true, recent: true },
  });
  if (row === null) return UNKNOWN_STATE;
  const { askedAt, failuresInRow, openUntil, recent } = row;
  return { failuresInRow, openUntilMs: openUntil?.getTime() ?? null, recent, askedAtMs: askedAt.getTime() };
}

const isFailure = (outcome: ReadOutcome): outcome is ReadFailure => outcome.kind !== 'reading' && outcome.kind !== 'not-yet';

export type Asked = { source: MarketSource; outcomes: readonly ReadOutcome[]; askedAtMs: number; latencyMs: number };

/**
 * Keeps the readings and how it went. A source counts as failed when it gave no reading at all, be it silent or not to be believed; a figure that
 * does not exist yet (`not-yet`: the first block of an epoch) is not a failure of the service. `before` was read by whoever alone may ask the source.
 */
export async function storeAsked(db: SourcesDb, { source, outcomes, askedAtMs, latencyMs }: Asked, before: KnownState): Promise<void> {
  const failure = outcomes.find(isFailure);
  const isAnswered = outcomes.some(({ kind }) => kind === 'reading' || kind === 'not-yet');
  const breaker = isAnswered ? afterSuccess() : afterFailure(before, askedAtMs, failure?.retryAfterMs);
  const askedAt = new Date(askedAtMs);
  const state = {
    askedAt,
    latencyMs: Math.round(latencyMs),
    recent: `${before.recent}${isAnswered ? '1' : '0'}`.slice(-RECENT_TIMES),
    failuresInRow: breaker.failuresInRow,
    openUntil: breaker.openUntilMs === null ? null : new Date(breaker.openUntilMs),
    ...(isAnswered ? { answeredAt: askedAt } : {}),
    ...(failure === undefined
      ? {}
      : { failedAt: askedAt, failureKind: failure.kind, failureReason: failure.reason.slice(0, MAX_REASON_CHARS) }),
  };
  const key = { source: source.name, url: source.url };
  await db.marketSourceState.upsert({ where: { source_url: key }, create: { ...key, ...state }, update: state });
  for (const outcome of outcomes) {
    if (outcome.kind !== 'reading') continue;
    const reading = {
      value: outcome.value,
      sourceUrl: source.url,
      observedAt: new Date(outcome.observedAtMs),
      fetchedAt: new Date(askedAtMs + latencyMs),
    };
    const id = { figure: outcome.figure, source: source.name };
    await db.marketReading.upsert({ where: { figure_source: id }, create: { ...id, ...reading }, update: reading });
  }
}

/** The last reading of every source for each figure. */
export async function readReadings(db: Pick<SourcesTx, 'marketReading'>): Promise<Map<string, SourceReading[]>> {
  const readings = new Map<string, SourceReading[]>();
  for (const { figure, source, sourceUrl, value, observedAt } of await db.marketReading.findMany()) {
    readings.set(figure, [...(readings.get(figure) ?? []), { source, sourceUrl, value, observedAtMs: observedAt.getTime() }]);
  }
  return readings;
}
