/** The figures behind the day sheet: one interval in words, and all of them as a table. */
import type { PlanView } from './plan-view.ts';
import { type Say, sayReason } from './say-plan.ts';

const CENT_USD = 0.005;

type Props = { say: Say; view: PlanView };

/** What one kind of machine does in the interval, and why when it is not all at its best. */
function sayClass(say: Say, view: PlanView, index: number, at: number): { model: string; does: string; why: string } {
  const { format, setting, t } = say;
  const { model, count, modes } = setting.classes[index]!;
  const { counts, reasons, powerKw } = view.classes[index]!;
  const does = [
    ...modes.flatMap(({ name }, mode) =>
      counts[mode + 1]![at]! > 0 ? [`${format.integer(counts[mode + 1]![at]!)} ${t(`mode.${name as 'low' | 'normal' | 'high'}`)}`] : [],
    ),
    ...(counts[0]![at]! > 0 ? [`${format.integer(counts[0]![at]!)} ${t('mode.off')}`] : []),
  ];
  const why = reasons.filter(({ from, to }) => from <= at && at < to).map((span) => sayReason(say, span).why);
  return {
    model: t('day.machines', { n: format.integer(count), model }),
    does: `${does.join(t('list.comma'))} · ${say.power(powerKw[at]!)}`,
    why: why.join(t('list.semicolon')),
  };
}

export function IntervalReadout({ say, view, at }: Props & { at: number }) {
  const { t, format, setting, time, power, usd } = say;
  const cap = setting.problem.sites?.[0]?.capKw?.[at] ?? null;
  const worth = view.capUsdPerMw[at]!;
  const facts = [
    t('day.priceAt', { price: format.number(setting.problem.priceUsdPerMwh[at]!, 2) }),
    t('day.loadAt', { load: power(view.loadKw[at]!) }),
    cap === null ? t('day.capFree') : t('day.capAt', { cap: power(cap) }),
    ...(worth > CENT_USD ? [t('day.worthAt', { usd: usd(worth) })] : []),
  ];
  return (
    <div className="readout">
      <h3>
        {t('day.at', { time: time.at(at) })} <span className="mute">{facts.join(' · ')}</span>
      </h3>
      <dl>
        {setting.classes.map(({ id }, index) => {
          const { model, does, why } = sayClass(say, view, index, at);
          return (
            <div key={id}>
              <dt>{model}</dt>
              <dd>
                {does}
                {why === '' ? null : <small>{why}</small>}
              </dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}

export function IntervalTable({ say, view }: Props) {
  const { t, format, setting, time } = say;
  const { problem, classes } = setting;
  const capKw = problem.sites?.[0]?.capKw;
  const rows = Array.from({ length: problem.interval.count }, (_, at) => at);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable without a pointer
    <section className="tw intervals" tabIndex={0} aria-label={t('day.table')}>
      <table className="t dense">
        <thead>
          <tr>
            <th scope="col">{t('table.interval')}</th>
            <th scope="col" className="num">
              {t('table.price')}
            </th>
            <th scope="col" className="num">
              {t('table.cap')}
            </th>
            <th scope="col" className="num">
              {t('table.load')}
            </th>
            <th scope="col" className="num">
              {t('table.worth')}
            </th>
            {classes.map(({ id, model, client }) => (
              <th key={id} scope="col" className="num">
                {model}
                <small>{client === null ? t('table.kw') : `${t('table.kw')} · ${client}`}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((at) => (
            <tr key={at}>
              <th scope="row">{time.at(at)}</th>
              <td className="num">{format.number(problem.priceUsdPerMwh[at]!, 2)}</td>
              <td className="num">{format.number(capKw?.[at] ?? null, 0)}</td>
              <td className="num">{format.number(view.loadKw[at]!, 1)}</td>
              <td className="num">{format.number(view.capUsdPerMw[at]!, 2)}</td>
              {view.classes.map(({ powerKw }, index) => (
                <td key={classes[index]!.id} className="num">
                  {format.number(powerKw[at]!, 1)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
