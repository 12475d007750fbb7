/** What the thread of forecasts can be asked for, and its doing. Pure: series in, figures out; the thread says when to stop. */
import { backtestPrice, PRICE_PLAN, type PriceResult } from './backtest/price-backtest.ts';
import { backtestDifficulty, type DifficultyResult, type KnownEpochs } from './difficulty/difficulty-backtest.ts';
import { backtestHashrate, type HashrateResult } from './difficulty/hashrate-backtest.ts';
import { forecastOwnSeries, type OwnOutcome, type OwnSeries } from './own-series.ts';

export type ForecastWork =
  | { kind: 'own'; series: OwnSeries }
  | { kind: 'price'; logs: Float64Array }
  | { kind: 'difficulty'; known: KnownEpochs }
  | { kind: 'networkHashrate'; known: KnownEpochs };

export type ForecastResult =
  | { kind: 'own'; outcome: OwnOutcome }
  | { kind: 'price'; price: PriceResult }
  | { kind: 'difficulty'; difficulty: DifficultyResult }
  | { kind: 'networkHashrate'; hashrate: HashrateResult }
  /** The budget was spent, or the caller is gone. */
  | { kind: 'stopped' };

/** Thrown by a checkpoint. */
export class WorkStopped extends Error {
  override readonly name = 'WorkStopped';
}

export function doForecastWork(
  work: ForecastWork,
  checkpoint: () => void,
  onProgress: (done: number, total: number) => void,
): ForecastResult {
  try {
    switch (work.kind) {
      case 'own':
        return { kind: 'own', outcome: forecastOwnSeries(work.series, checkpoint) };
      case 'price':
        return { kind: 'price', price: backtestPrice(work.logs, PRICE_PLAN, checkpoint, onProgress) };
      case 'difficulty':
        return { kind: 'difficulty', difficulty: backtestDifficulty(work.known, checkpoint, onProgress) };
      case 'networkHashrate':
        return { kind: 'networkHashrate', hashrate: backtestHashrate(work.known, checkpoint, onProgress) };
    }
  } catch (error) {
    if (error instanceof WorkStopped) return { kind: 'stopped' };
    throw error;
  }
}
