/** What a back-test says in one sentence: at which horizons something beat the naive forecast, and by how much. Pure. */
import type { SeriesForecast } from '../forecast-answer.ts';

export type Winner = { days: number; model: string; skill: number };

/** Horizons at which a model saved loss against naive; those at which nobody can be wrong are not among them. */
export function listWinners({ backtest }: SeriesForecast): Winner[] {
  return (backtest?.rows ?? [])
    .filter(({ isUsed, model, skill }) => isUsed && model !== 'naive' && skill > 0)
    .map(({ horizonDays, model, skill }) => ({ days: horizonDays, model, skill }));
}

/** Horizons at which the naive forecast is the one in use. */
export function listNaiveDays({ horizons }: SeriesForecast): number[] {
  return horizons.filter(({ model }) => model === 'naive').map(({ days }) => days);
}
