/** The plan as one sheet of the day: price, power by kind of machine, load against the cap, all over the same clock; one interval read out below; all of it as a table. */
import { memo, useState } from 'react';
import { DataDisclosure } from '#app/ui/disclosure.tsx';
import { type Bar, listTicks, loadScale, priceScale, STEP_HEIGHT, toBars, toStepArea, toStepPath, toY } from './day-sheet.ts';
import { IntervalReadout, IntervalTable } from './interval-table.tsx';
import type { PlanView } from './plan-view.ts';
import { offShare, type Say, sayDate } from './say-plan.ts';
import { useIsHydrated } from './use-what-if.ts';

const ROW_HEIGHT = 34;
const PRICE_HEIGHT = 76;
const LOAD_HEIGHT = 120;
/** A bar this wide has room for its words, percent of the row. */
const LABEL_FROM_PERCENT = 9;
/** Bars told one by one to those who cannot see them; a plan with more is read in the table. */
const MOST_TOLD = 16;

type SheetProps = { say: Say; view: PlanView };

function sayTitle({ t, format, setting }: Say, view: PlanView): string {
  const shares = view.classes.map(({ counts }, index) => offShare(counts, setting.classes[index]!.count));
  const most = shares.reduce((best, share, index) => (share > shares[best]! ? index : best), 0);
  if (shares.every((share) => share === 1)) return t('day.title.none');
  if (shares[most] === 0) return t('day.title.allOn');
  return t('day.title.off', { model: setting.classes[most]!.model, share: format.percent(shares[most], 0) });
}

/** The interval looked at, marked in every row. */
function Cursor({ at, count, height }: { at: number; count: number; height: number }) {
  return <rect className="cursor" x={`${(at / count) * 100}%`} width={`${100 / count}%`} height={height} />;
}

function BarLabel({ bar, say }: { bar: Bar; say: Say }) {
  if (bar.widthPercent < LABEL_FROM_PERCENT || bar.level === 'q3' || bar.level === 'q4') return null;
  return (
    <text
      className={bar.level === 'q0' ? 'd' : 'k'}
      x={`${bar.xPercent + bar.widthPercent / 2}%`}
      y={ROW_HEIGHT / 2 + 5}
      textAnchor="middle"
    >
      {bar.level === 'q0' ? say.t('day.off') : say.format.percent(bar.share, 0)}
    </text>
  );
}

function ClassRow({ say, view, index, at }: SheetProps & { index: number; at: number }) {
  const { t, format, setting, time } = say;
  const { model, client, count, modes } = setting.classes[index]!;
  const fullKw = (count * Math.max(...modes.map(({ powerW }) => powerW))) / 1000;
  const bars = toBars(view.classes[index]!.powerKw, fullKw);
  const told = bars
    .slice(0, MOST_TOLD)
    .map(({ from, to, share }) => t('day.cellRun', { range: time.range(from, to), share: format.percent(share, 0) }));
  return (
    <div className="day-row">
      <div className="day-label">
        <span>{t('day.machines', { n: format.integer(count), model })}</span>
        {client === null ? null : <small>{t('day.client', { client })}</small>}
      </div>
      <svg
        height={ROW_HEIGHT}
        role="img"
        aria-label={t('day.cell', { model, shares: told.join(t('list.comma')) })}
        shapeRendering="crispEdges"
      >
        {bars.map((bar) => (
          <rect key={bar.from} className={bar.level} x={`${bar.xPercent}%`} width={`${bar.widthPercent}%`} height={ROW_HEIGHT} />
        ))}
        {bars.map((bar) => (
          <BarLabel key={bar.from} bar={bar} say={say} />
        ))}
        <rect className="frame" width="100%" height={ROW_HEIGHT} />
        <Cursor at={at} count={setting.problem.interval.count} height={ROW_HEIGHT} />
      </svg>
    </div>
  );
}

function PriceRow({ say, at }: { say: Say; at: number }) {
  const { t, format, setting, time } = say;
  const prices = setting.problem.priceUsdPerMwh;
  const { count } = setting.problem.interval;
  const scale = priceScale(prices);
  const [low, high] = [Math.min(...prices), Math.max(...prices)];
  const peak = prices.indexOf(high);
  const label = t('day.priceChart', { low: format.number(low, 2), high: format.number(high, 2), time: time.at(peak) });
  const peakPercent = ((peak + 0.5) / count) * 100;
  return (
    <div className="day-row">
      <div className="day-label">
        <span>{t('day.price')}</span>
        <small>{t('day.perMwh')}</small>
      </div>
      <svg height={PRICE_HEIGHT} role="img" aria-label={label}>
        <svg
          y={16}
          height={PRICE_HEIGHT - 16}
          width="100%"
          viewBox={`0 0 ${count} ${STEP_HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path className="band" d={toStepArea(prices, scale)} />
          <path className="line-thin" d={toStepPath(prices, scale)} />
          <path className="zero" d={`M0 ${toY(0, scale)}H${count}`} />
        </svg>
        <text className="k halo" x={`${peakPercent}%`} y={12} textAnchor={peakPercent > 90 ? 'end' : peakPercent < 10 ? 'start' : 'middle'}>
          {format.number(high, high >= 100 ? 0 : 1)}
        </text>
        <Cursor at={at} count={count} height={PRICE_HEIGHT} />
      </svg>
    </div>
  );
}

function LoadRow({ say, view, at }: SheetProps & { at: number }) {
  const { t, setting, time, power } = say;
  const { count } = setting.problem.interval;
  const capKw = setting.problem.sites?.[0]?.capKw ?? new Array<null>(count).fill(null);
  const scale = loadScale(setting.fullKw, capKw);
  const { loadKw } = view;
  const [most, least] = [Math.max(...loadKw), Math.min(...loadKw)];
  const label = t('day.loadChart', { most: power(most), time: time.at(loadKw.indexOf(most)), least: power(least) });
  const firstCap = capKw.findIndex((cap) => cap !== null && cap <= scale.high);
  const capY = firstCap < 0 ? 0 : 4 + (toY(capKw[firstCap]!, scale) / STEP_HEIGHT) * (LOAD_HEIGHT - 4);
  const capPercent = (firstCap / count) * 100;
  return (
    <div className="day-row">
      <div className="day-label">
        <span>{t('day.load')}</span>
        <small>{power(setting.fullKw)}</small>
      </div>
      <svg height={LOAD_HEIGHT} role="img" aria-label={label}>
        <svg
          y={4}
          height={LOAD_HEIGHT - 4}
          width="100%"
          viewBox={`0 0 ${count} ${STEP_HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path className="band" d={toStepArea(loadKw, scale)} />
          <path className="line1" d={toStepPath(loadKw, scale)} />
          <path
            className="cap-line"
            d={toStepPath(
              capKw.map((cap) => (cap === null || cap > scale.high ? null : cap)),
              scale,
            )}
          />
          <path className="zero" d={`M0 ${STEP_HEIGHT}H${count}`} />
        </svg>
        {firstCap < 0 ? null : (
          <text
            className="halo cap-text"
            x={`${capPercent}%`}
            y={Math.max(14, capY - 6)}
            dx={capPercent > 60 ? -6 : 4}
            textAnchor={capPercent > 60 ? 'end' : 'start'}
          >
            {`${t('day.cap')} ${power(capKw[firstCap]!)}`}
          </text>
        )}
        <Cursor at={at} count={count} height={LOAD_HEIGHT} />
      </svg>
    </div>
  );
}

function Clock({ say }: { say: Say }) {
  return (
    <div className="day-row">
      <div className="day-label" />
      <svg height={20} aria-hidden="true">
        {listTicks(say.setting).map(({ xPercent, label, isMinor }) => (
          <text
            key={`${xPercent}`}
            className={isMinor ? 'd wide' : 'd'}
            x={`${xPercent}%`}
            y={15}
            textAnchor={xPercent === 0 ? 'start' : xPercent > 97 ? 'end' : 'middle'}
          >
            {label}
          </text>
        ))}
      </svg>
    </div>
  );
}

/** What is said of cap and load: where it binds and what more would be worth. */
function sayLoad({ t, time, usd, setting }: Say, view: PlanView): string {
  if (setting.problem.sites?.[0]?.capKw === undefined) return t('load.noCap');
  const binding = view.capUsdPerMw.flatMap((one, interval) => (one > 0.005 ? [interval] : []));
  if (binding.length === 0) return t('load.slack');
  const dearest = view.capUsdPerMw.indexOf(Math.max(...view.capUsdPerMw));
  return t('load.binds', { range: time.ranges(binding), time: time.at(dearest), usd: usd(view.capUsdPerMw[dearest]!) });
}

/** The interval to begin with: where the cap costs most, else where power does. */
function findTelling(say: Say, view: PlanView): number {
  const most = Math.max(...view.capUsdPerMw);
  const prices = say.setting.problem.priceUsdPerMwh;
  return most > 0 ? view.capUsdPerMw.indexOf(most) : prices.indexOf(Math.max(...prices));
}

export const DaySheetPart = memo(function DaySheetPart({ say, view }: SheetProps) {
  const { t, format, setting, time } = say;
  const { count } = setting.problem.interval;
  const [chosen, setChosen] = useState<number | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const isHydrated = useIsHydrated();
  const at = Math.min(count - 1, chosen ?? findTelling(say, view));
  return (
    <section className="sec day">
      <header>
        <h2>{sayTitle(say, view)}</h2>
        <p className="small">{t('day.subAfter', { load: sayLoad(say, view), date: sayDate(format, setting), zone: setting.zone })}</p>
      </header>
      <div className="day-sheet">
        <PriceRow say={say} at={at} />
        {setting.classes.map(({ id }, index) => (
          <ClassRow key={id} say={say} view={view} index={index} at={at} />
        ))}
        <LoadRow say={say} view={view} at={at} />
        <Clock say={say} />
        <div className="day-row scripted">
          <label className="day-label" htmlFor="whatif-interval">
            {t('day.look')}
          </label>
          <input
            id="whatif-interval"
            type="range"
            min={0}
            max={count - 1}
            step={1}
            value={at}
            onChange={(event) => setChosen(event.currentTarget.valueAsNumber)}
            aria-valuetext={time.at(at)}
          />
        </div>
      </div>
      <p className="small dim">{t('day.legend')}</p>
      <IntervalReadout say={say} view={view} at={at} />
      <DataDisclosure title={t('day.table')} onOpen={setIsOpen}>
        {/* Up to 288 rows: written only where somebody reads them. */}
        {isOpen || !isHydrated ? <IntervalTable say={say} view={view} /> : null}
      </DataDisclosure>
    </section>
  );
});
