/** Beside each signal the switch that asks to be told of it, and what was told. Works without script. */
import { Form, Link, useLocation } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import type { SignalKey } from '#app/features/indicators/page/indicator-words.ts';
import { toSignInPath } from '#app/paths.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import type { Format } from '#app/ui/format.ts';
import type { SignalNewsView, WatchesView, WatchPageView } from './watch-view.ts';

export function WatchSwitch({ signal, view }: { signal: string; view: WatchesView }) {
  const { t } = useTranslation(['signal-watches', 'indicators']);
  const { search } = useLocation();
  const isWatched = view.watches.some((watch) => watch.signal === signal && watch.isWatched);
  const act = isWatched ? 'stop' : 'watch';
  const name = t(`indicators:signals.${signal as SignalKey}`);
  return (
    <Form method="post" action={search} preventScrollReset>
      <CsrfField />
      <input type="hidden" name="signal" value={signal} />
      {/* The words say what pressing does, so there is no pressed state beside them. */}
      <button type="submit" name="intent" value={act} className="btn sm" aria-label={t(`page.label.${act}`, { name })}>
        {t(`page.${act}`)}
      </button>
    </Form>
  );
}

/** What the switches do, or how to come to them. */
export function WatchLead({ view }: { view: WatchPageView }) {
  const { t } = useTranslation('signal-watches');
  const { pathname, search } = useLocation();
  return (
    <p className="small dim measure">
      {view.kind === 'guest' ? <Link to={toSignInPath(`${pathname}${search}`)}>{t('page.guest')}</Link> : t('page.explain')}
    </p>
  );
}

export function WatchNews({ view, format }: { view: WatchesView; format: Format }) {
  const { t } = useTranslation(['signal-watches', 'indicators']);
  if (!view.watches.some(({ isWatched }) => isWatched)) return null;
  return (
    <section className="sec" aria-labelledby="told-title">
      <header>
        <h2 id="told-title">{t('page.title')}</h2>
      </header>
      {view.news.length === 0 ? (
        <p className="dim measure">{t('page.empty')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
        <section className="tw" tabIndex={0} aria-labelledby="told-title">
          <table className="t dense cards">
            <thead>
              <tr>
                <th scope="col">{t('page.what')}</th>
                <th scope="col">{t('page.when')}</th>
                <th scope="col">{t('page.turned')}</th>
                <th scope="col" className="num">
                  {t('page.close')}
                </th>
                {view.news[0]!.facts.outcomes.map(({ horizonDays }) => (
                  <th key={horizonDays} scope="col" className="num">
                    {t('page.record', { days: format.integer(horizonDays) })}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {view.news.map((news) => (
                <NewsRow key={`${news.signal} ${news.at}`} news={news} format={format} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}

function NewsRow({ news: { signal, at, isOn, facts }, format }: { news: SignalNewsView; format: Format }) {
  const { t } = useTranslation(['signal-watches', 'indicators']);
  return (
    <tr>
      <th scope="row">{t(`indicators:signals.${signal as SignalKey}`)}</th>
      <td className="nw" data-l={t('page.when')}>
        {format.date(at)}
      </td>
      <td data-l={t('page.turned')}>{t(isOn ? 'page.on' : 'page.off')}</td>
      <td className="num" data-l={t('page.close')}>
        {format.usd(facts.closeUsdPerBtc, 0)}
      </td>
      {facts.outcomes.map(({ horizonDays, hitRatio, baseRatio }) => (
        <td key={horizonDays} className="num nw" data-l={t('page.record', { days: format.integer(horizonDays) })}>
          <b>{format.percent(hitRatio, 0)}</b>
          <small>{t('page.base', { ratio: format.percent(baseRatio, 0) })}</small>
        </td>
      ))}
    </tr>
  );
}
