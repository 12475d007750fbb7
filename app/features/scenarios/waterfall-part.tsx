/** One figure of a saved scenario: then, what each kind of input added, now. The table is the chart: every row has its bar and its amount. */
import { useId } from 'react';
import { Unknown } from '#app/ui/figure.tsx';
import { isGain, type ScenarioWords, sayChange, sayFigure, sayUnsplit } from './say-input.ts';
import type { FigureExplanation } from './scenario-answer.ts';
import { findLeading, toWaterfall, type Waterfall } from './waterfall.ts';

const HEIGHT = 28;
const BAR_TOP = 6;
const BAR_HEIGHT = 16;

function sayTitle(words: ScenarioWords, { figure, change, contributions }: FigureExplanation): string {
  const { t } = words;
  const name = t(`figure.${figure}`);
  if (change === null || contributions === null) return name;
  const leading = findLeading(change, contributions);
  if (leading === null) return t('title.same', { figure: name });
  const amount = sayChange(words, figure, Math.abs(change)).replace(/^\+/, '');
  return t(change < 0 ? 'title.fell' : 'title.rose', { figure: name, amount, group: t(`group.${leading.group}`) });
}

export function WaterfallPart({ words, figure }: { words: ScenarioWords; figure: FigureExplanation }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{sayTitle(words, figure)}</h2>
      {figure.contributions === null || figure.valueThen === null ? (
        <Unsplit words={words} figure={figure} />
      ) : (
        <FallTable words={words} figure={figure} fall={toWaterfall(figure.valueThen, figure.contributions)} />
      )}
    </section>
  );
}

function Unsplit({ words, figure: { figure, valueThen, valueNow, notSplitBecause } }: { words: ScenarioWords; figure: FigureExplanation }) {
  const { t } = words;
  const reason = sayUnsplit(words, figure, notSplitBecause);
  const say = (value: number | null) => (value === null ? <Unknown reason={reason} /> : sayFigure(words, figure, value));
  return (
    <div className="unsplit">
      <dl className="figs ends">
        <div>
          <dt>{t('then')}</dt>
          <dd>{say(valueThen)}</dd>
        </div>
        <div>
          <dt>{t('now')}</dt>
          <dd>{say(valueNow)}</dd>
        </div>
      </dl>
      <p className="small mute measure">{reason}</p>
    </div>
  );
}

function FallTable({ words, figure, fall }: { words: ScenarioWords; figure: FigureExplanation; fall: Waterfall }) {
  const { t } = words;
  const name = figure.figure;
  const gainOrLoss = (change: number) => (change === 0 ? undefined : isGain(name, change) ? 'gain' : 'loss');
  return (
    <table className="t fall">
      <caption className="vh">{t('fallCaption', { figure: t(`figure.${name}`) })}</caption>
      <thead className="vh">
        <tr>
          <th scope="col">{t('because')}</th>
          <th scope="col">{t('course')}</th>
          <th scope="col">{t('amount')}</th>
        </tr>
      </thead>
      <tbody>
        <tr className="end">
          <th scope="row">{t('then')}</th>
          <td>
            <Course fall={fall}>
              <Total percent={fall.startPercent} />
            </Course>
          </td>
          <td className="num">{figure.valueThen === null ? null : sayFigure(words, name, figure.valueThen)}</td>
        </tr>
        {fall.steps.map(({ group, change, leftPercent, rightPercent, endPercent }) => (
          <tr key={group}>
            <th scope="row">{t(`group.${group}`)}</th>
            <td>
              <Course fall={fall}>
                <rect
                  className={isGain(name, change) ? 'g3' : 'l3'}
                  x={`${leftPercent}%`}
                  width={`${rightPercent - leftPercent}%`}
                  y={BAR_TOP}
                  height={BAR_HEIGHT}
                />
                <line className="link" x1={`${endPercent}%`} x2={`${endPercent}%`} y1={BAR_TOP} y2={HEIGHT} />
              </Course>
            </td>
            <td className={`num ${gainOrLoss(change) ?? 'dim'}`}>{change === 0 ? t('nothing') : sayChange(words, name, change)}</td>
          </tr>
        ))}
        <tr className="end">
          <th scope="row">{t('now')}</th>
          <td>
            <Course fall={fall}>
              <Total percent={fall.endPercent} />
            </Course>
          </td>
          <td className="num">{figure.valueNow === null ? null : sayFigure(words, name, figure.valueNow)}</td>
        </tr>
      </tbody>
    </table>
  );
}

function Course({ fall, children }: { fall: Waterfall; children: React.ReactNode }) {
  return (
    <svg height={HEIGHT} aria-hidden="true">
      {fall.zeroPercent === null ? null : (
        <line className="axis" x1={`${fall.zeroPercent}%`} x2={`${fall.zeroPercent}%`} y1="0" y2={HEIGHT} />
      )}
      {children}
    </svg>
  );
}

/** A mark and no bar: the axis does not begin at zero. */
function Total({ percent }: { percent: number }) {
  return <line className="total" x1={`${percent}%`} x2={`${percent}%`} y1={BAR_TOP - 2} y2={BAR_TOP + BAR_HEIGHT + 2} />;
}
