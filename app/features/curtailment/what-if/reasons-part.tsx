/** Why machines of each kind are off, turned down or kept on at a loss, by stretches of the day. */
import { memo } from 'react';
import type { PlanView } from './plan-view.ts';
import { type Say, sayReason } from './say-plan.ts';

/** Days of restless prices have dozens of stretches; the table holds them all. */
const MOST_SPANS = 8;

export const ReasonsPart = memo(function ReasonsPart({ say, view }: { say: Say; view: PlanView }) {
  const { t, format, setting } = say;
  const hasAny = view.classes.some(({ reasons }) => reasons.length > 0);
  return (
    <section className="sec">
      <header>
        <h2>{t(hasAny ? 'reasons.title' : 'reasons.titleAllOn')}</h2>
        {hasAny ? <p className="small">{t('reasons.sub')}</p> : null}
      </header>
      <dl className="reasons">
        {view.classes.map(({ reasons }, index) => {
          const { id, model, count, client } = setting.classes[index]!;
          const hidden = reasons.length - MOST_SPANS;
          return (
            <div key={id}>
              <dt>
                {t('day.machines', { n: format.integer(count), model })}
                {client === null ? null : <small>{t('day.client', { client })}</small>}
              </dt>
              {reasons.length === 0 ? <dd className="mute">{t('reasons.always')}</dd> : null}
              {reasons.slice(0, MOST_SPANS).map((span) => {
                const { what, why } = sayReason(say, span);
                return (
                  <dd key={`${span.track}-${span.reason}-${span.from}`}>
                    <b>{what}</b> <span className="mute">{why}</span>
                  </dd>
                );
              })}
              {hidden > 0 ? <dd className="dim">{t('reasons.more', { count: hidden, n: format.integer(hidden) })}</dd> : null}
            </div>
          );
        })}
      </dl>
    </section>
  );
});
