/**
 * Heat maps and tornado: streamed after the answer, then recomputed here at every input. The parts listen to the store from inside
 * their boundary, so a change before they have arrived cannot disturb them.
 */
import { Await } from '@remix-run/react';
import { type ReactNode, Suspense } from 'react';
import { toCalculatorParams, WITHOUT_SCRIPT } from './calculator-url.ts';
import { type Answer, toClientInputs } from './compute-answer.ts';
import type { HeatGrid, Sensitivity } from './compute-sensitivity.ts';
import { findDifficultyFinding, findPowerFinding, findTornadoFinding } from './findings.ts';
import { type HeatMap, toHeatMap } from './heat-map.ts';
import { HeatMapSkeleton, HeatMapTable } from './heat-map-table.tsx';
import { type Say, sayDifficultyFinding, sayPowerFinding, sayScope, sayTornadoFinding } from './say-finding.ts';
import { toTornadoChart } from './tornado-bars.ts';
import { TornadoSkeleton, TornadoView } from './tornado-view.tsx';
import { createSay, useCalculator, useCalculatorTexts, useFormat, useSelected } from './use-calculator.ts';

type PartProps = { say: Say; answer: Answer; sensitivity: Sensitivity };

function Part({ title, sub, children }: { title: string; sub: string; children: ReactNode }) {
  return (
    <section className="sec">
      <header className="hold">
        <h2>{title}</h2>
        <p className="small">{sub}</p>
      </header>
      {children}
    </section>
  );
}

/** Seen from the host the maps are the client's, whose decision to run they show. */
function sayMapScope(say: Say, answer: Answer): string {
  const scope = sayScope(say, answer);
  return answer.view === 'host' ? say.t('heat.clientScope', { scope }) : scope;
}

function sayUnit({ t }: Say, answer: Answer, map: HeatMap): string {
  return t(`heat.unit.${map.scale}`, { currency: t(`currency.${answer.currency}`) });
}

function Failed({ say }: { say: Say }) {
  return <p className="mute">{say.t('heat.failed')}</p>;
}

function mapOf(grid: HeatGrid, answer: Answer, ownColumn: number): HeatMap {
  return toHeatMap(grid, answer.inputs.priceUsdPerBtc, ownColumn, answer.moneyPerUsd);
}

function PowerMap({ say, answer, sensitivity }: PartProps) {
  const { t, format } = say;
  const grid = sensitivity.power;
  if (grid === null)
    return (
      <Part title={t('power.none')} sub="">
        <Failed say={say} />
      </Part>
    );
  const owner = answer.view === 'host' ? toClientInputs(answer.inputs) : answer.inputs;
  const map = mapOf(grid, answer, owner.powerUsdPerKwh);
  return (
    <Part
      title={sayPowerFinding(say, findPowerFinding(grid, answer.inputs.priceUsdPerBtc))}
      sub={t('power.sub', { unit: sayUnit(say, answer, map), scope: sayMapScope(say, answer) })}
    >
      <HeatMapTable
        map={map}
        caption={t('power.caption')}
        format={format}
        formatColumn={(value) => formatPower(say, value, answer.moneyPerUsd)}
        formatRow={(price) => formatPrice(say, price)}
      />
    </Part>
  );
}

/** Cents on a map in dollars, as the trade speaks; yuan otherwise. */
function formatPower({ format, amounts }: Say, usdPerKwh: number, moneyPerUsd: number): string {
  return amounts.code === 'USD' ? `${format.number(usdPerKwh * 100, 1)}¢` : `¥${format.number(usdPerKwh * moneyPerUsd, 2)}`;
}

function formatPrice({ format }: Say, priceUsdPerBtc: number): string {
  if (priceUsdPerBtc < 1000) return format.usd(priceUsdPerBtc, 0);
  const thousands = priceUsdPerBtc / 1000;
  return `${format.usd(thousands, thousands < 100 && !Number.isInteger(thousands) ? 1 : 0)}k`;
}

function DifficultyMap({ say, answer, sensitivity }: PartProps) {
  const { t, format } = say;
  const grid = sensitivity.difficulty;
  if (grid === null)
    return (
      <Part title={t('difficulty.none')} sub="">
        <Failed say={say} />
      </Part>
    );
  const { priceUsdPerBtc, difficulty } = answer.inputs;
  const map = mapOf(grid, answer, difficulty);
  return (
    <Part
      title={sayDifficultyFinding(say, findDifficultyFinding(grid, priceUsdPerBtc, difficulty))}
      sub={t('difficulty.sub', { unit: sayUnit(say, answer, map), scope: sayMapScope(say, answer) })}
    >
      <HeatMapTable
        map={map}
        caption={t('difficulty.caption')}
        format={format}
        formatColumn={(value) => format.number(value / 1e12, value < 1e13 ? 1 : 0)}
        formatRow={(price) => formatPrice(say, price)}
      />
    </Part>
  );
}

function TornadoPart({ say, answer, sensitivity }: PartProps) {
  const { t, format, amounts } = say;
  const { tornado } = sensitivity;
  if (tornado === null)
    return (
      <Part title={t('tornado.none')} sub="">
        <Failed say={say} />
      </Part>
    );
  const chart = toTornadoChart(tornado, answer.moneyPerUsd);
  const finding = findTornadoFinding(chart.bars);
  return (
    <Part
      title={finding === null ? t('tornado.none') : sayTornadoFinding(say, finding)}
      sub={t('tornado.sub', { scope: sayMapScope(say, answer), base: format.signedMoney(chart.base, amounts.code, 0) })}
    >
      <TornadoView say={say} chart={chart} />
    </Part>
  );
}

const PARTS = { power: PowerMap, difficulty: DifficultyMap, tornado: TornadoPart } as const;
export type PartName = keyof typeof PARTS;

/** `first`: what the server sent; replaced by what was computed here as soon as an input moved. */
function LivePart({ name, first }: { name: PartName; first: Sensitivity | null }) {
  const t = useCalculatorTexts();
  const format = useFormat();
  const answer = useSelected((state) => state.answer);
  const sensitivity = useSelected((state) => state.sensitivity) ?? first;
  if (answer === null || sensitivity === null) return null;
  const Shown = PARTS[name];
  return <Shown say={createSay(t, format, answer)} answer={answer} sensitivity={sensitivity} />;
}

/** Same height as the part to come. For a browser without script it says how to see it. */
function Waiting({ name }: { name: PartName }) {
  const t = useCalculatorTexts();
  const { page } = useCalculator();
  const params = toCalculatorParams(page.form);
  params.set(WITHOUT_SCRIPT, '1');
  return (
    <section className="sec" aria-busy="true">
      <header className="hold">
        <h2>{t(`${name}.none`)}</h2>
        <p className="small scripted">{t('heat.loading')}</p>
        <noscript>
          <p className="small">
            {t('heat.noScript')} <a href={`?${params}`}>{t('heat.noScriptLink')}</a>
          </p>
        </noscript>
      </header>
      {name === 'tornado' ? <TornadoSkeleton /> : <HeatMapSkeleton />}
    </section>
  );
}

/** Without an answer nothing is computed; with the first good one the store has what the server could not send. */
export function SensitivityPart({ name }: { name: PartName }) {
  const { page } = useCalculator();
  return (
    <Suspense fallback={<Waiting name={name} />}>
      <Await resolve={page.sensitivity} errorElement={<LivePart name={name} first={null} />}>
        {(first) => <LivePart name={name} first={first} />}
      </Await>
    </Suspense>
  );
}
