/** The two heat maps: price against power price, price against difficulty. What they say, and how their axes are written. */
import { useCallback, useMemo, useRef } from 'react';
import { type Answer, toClientInputs } from '#app/features/calculator/answer/compute-answer.ts';
import { findDifficultyFinding, findPowerFinding } from '#app/features/calculator/answer/findings.ts';
import { type Say, sayDifficultyFinding, sayMapScope, sayPowerFinding } from '#app/features/calculator/answer/say-finding.ts';
import type { CalculatorState } from '#app/features/calculator/calculator-store.ts';
import { createSay, useCalculatorTexts, useFormat } from '#app/features/calculator/use-calculator.ts';
import { useSelectedWhenSeen } from '#app/features/calculator/when-seen.ts';
import type { Format } from '#app/ui/format.ts';
import type { HeatGrid, Sensitivity } from './compute-sensitivity.ts';
import { type HeatMap, toHeatMap } from './heat-map.ts';
import { HeatMapTable, type HeatTexts, toHeatTexts } from './heat-map-table.tsx';

export type HeatKind = 'power' | 'difficulty';

/** From here thousands are written: $80k. USD. */
const THOUSANDS_FROM = 1000;

function formatPrice(format: Format, priceUsdPerBtc: number): string {
  if (priceUsdPerBtc < THOUSANDS_FROM) return format.usd(priceUsdPerBtc, 0);
  const thousands = priceUsdPerBtc / THOUSANDS_FROM;
  return `${format.usd(thousands, thousands < 100 && !Number.isInteger(thousands) ? 1 : 0)}k`;
}

/** Cents on a map in dollars, as the trade speaks; yuan otherwise. */
function formatPower(format: Format, usdPerKwh: number, { currency, moneyPerUsd }: Answer): string {
  return currency === 'usd' ? `${format.number(usdPerKwh * 100, 1)}¢` : `¥${format.number(usdPerKwh * moneyPerUsd, 2)}`;
}

function formatDifficulty(format: Format, difficulty: number): string {
  const trillions = difficulty / 1e12;
  return format.number(trillions, trillions < 10 ? 1 : 0);
}

/** The value of the column axis that the person's inputs stand at. */
function ownColumn(kind: HeatKind, answer: Answer): number {
  if (kind === 'difficulty') return answer.inputs.difficulty;
  return (answer.view === 'host' ? toClientInputs(answer.inputs) : answer.inputs).powerUsdPerKwh;
}

function toMap(kind: HeatKind, grid: HeatGrid, answer: Answer): HeatMap {
  return toHeatMap(grid, answer.inputs.priceUsdPerBtc, ownColumn(kind, answer), answer.moneyPerUsd);
}

function toTexts(kind: HeatKind, grid: HeatGrid, answer: Answer, format: Format): HeatTexts {
  return toHeatTexts(toMap(kind, grid, answer), {
    column: (value) => (kind === 'power' ? formatPower(format, value, answer) : formatDifficulty(format, value)),
    row: (price) => formatPrice(format, price),
    cell: (value, digits) => format.signedNumber(value, digits),
  });
}

function sayTitle(say: Say, kind: HeatKind, grid: HeatGrid | null, answer: Answer): string {
  if (grid === null) return say.t(`${kind}.none`);
  const { priceUsdPerBtc, difficulty } = answer.inputs;
  return kind === 'power'
    ? sayPowerFinding(say, findPowerFinding(grid, priceUsdPerBtc))
    : sayDifficultyFinding(say, findDifficultyFinding(grid, priceUsdPerBtc, difficulty));
}

export function HeatPart({ kind, first }: { kind: HeatKind; first: Sensitivity | null }) {
  const t = useCalculatorTexts();
  const format = useFormat();
  const section = useRef<HTMLElement>(null);
  const state = useSelectedWhenSeen(section, (current) => current);
  const gridOf = useCallback((current: CalculatorState) => (current.readSensitivity() ?? first)?.[kind] ?? null, [first, kind]);
  const read = useCallback(
    (current: CalculatorState) => {
      const grid = gridOf(current);
      return grid === null || current.answer === null ? null : toTexts(kind, grid, current.answer, format);
    },
    [gridOf, kind, format],
  );
  const readShape = useCallback(
    (current: CalculatorState) => {
      const grid = gridOf(current);
      return grid === null ? 'none' : `${grid.pricesUsdPerBtc.length}x${grid.columns.length}`;
    },
    [gridOf],
  );
  const table = useMemo(
    () => <HeatMapTable caption={t(`${kind}.caption`)} read={read} readShape={readShape} />,
    [t, kind, read, readShape],
  );

  const { answer } = state;
  if (answer === null) return null;
  const say = createSay(t, format, answer);
  const grid = gridOf(state);
  return (
    <section className="sec" ref={section}>
      <header className="hold">
        <h2>{sayTitle(say, kind, grid, answer)}</h2>
        <p className="small">
          {grid === null
            ? t('heat.failed')
            : t(`${kind}.sub`, {
                unit: t(`heat.unit.${toMap(kind, grid, answer).scale}`, { currency: t(`currency.${answer.currency}`) }),
                scope: sayMapScope(say, answer),
              })}
        </p>
      </header>
      {table}
    </section>
  );
}
