/** Saved scenarios of the workspace, and what the calculator holds at this moment: to be saved, or held against one of them. Works without script. */
import { useTranslation } from 'react-i18next';
import { PATHS, toScenarioPath } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import { createFormat } from '#app/ui/format.ts';
import { KeptPagesNav } from '#app/ui/own-pages-nav.tsx';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import { MAX_NAME_LENGTH } from './scenario-answer.ts';
import type { CurrentView, ScenarioResult, ScenariosView } from './scenario-views.ts';

function useScenarioTexts() {
  const { t } = useTranslation('scenarios');
  return { t, format: createFormat(useLocale()) };
}

export function ScenariosPage({ view, result }: { view: ScenariosView; result: ScenarioResult | null }) {
  const { t } = useScenarioTexts();
  return (
    <main className="page scenarios">
      <KeptPagesNav />
      <header>
        <h1>{t('list.title')}</h1>
        <p className="measure mute">{t('list.lead')}</p>
      </header>
      {result === null ? null : <ResultNote result={result} />}
      {view.current === null ? null : <CurrentPart current={view.current} mayWrite={view.mayWrite} />}
      {view.scenarios.length === 0 ? (
        <div className="note">
          <p>
            {t('list.empty')}
            <SentenceGap />
            {view.current === null ? <a href={PATHS.calculator}>{t('list.toCalculator')}</a> : null}
          </p>
        </div>
      ) : (
        <ScenarioTable view={view} />
      )}
    </main>
  );
}

function ResultNote({ result }: { result: ScenarioResult }) {
  const { t } = useScenarioTexts();
  const isDone = result.kind === 'deleted';
  return (
    <div className={isDone ? 'note' : 'note bad'} role={isDone ? 'status' : 'alert'}>
      <p>
        {result.kind === 'deleted'
          ? t('list.deleted')
          : result.kind === 'too-many'
            ? t('list.tooMany', { max: result.max })
            : t(`list.refused.${result.reason}`)}
      </p>
    </div>
  );
}

function CurrentPart({ current, mayWrite }: { current: CurrentView; mayWrite: boolean }) {
  const { t, format } = useScenarioTexts();
  return (
    <section aria-labelledby="current">
      <h2 id="current">{t('current.title')}</h2>
      {current.kind === 'no-answer' ? (
        <p>
          {t('current.noAnswer')}
          <SentenceGap />
          <a href={`${PATHS.calculator}?${current.search}`}>{t('current.back')}</a>
        </p>
      ) : (
        <>
          <p>
            {t('current.text', {
              count: current.count,
              machines: format.integer(current.count),
              machine: current.machine,
              power: format.number(current.powerUsdPerKwh, 4),
              price: format.usd(current.priceUsdPerBtc, 0),
              months: format.integer(current.horizonMonths),
            })}
            <SentenceGap />
            <a href={`${PATHS.calculator}?${current.search}`}>{t('current.back')}</a>
          </p>
          {mayWrite ? (
            <form method="post" className="acts save">
              <CsrfField />
              <label className="field one">
                <span className="lab">{t('current.name')}</span>
                <span className="box">
                  <input name="name" defaultValue={current.machine} maxLength={MAX_NAME_LENGTH} autoComplete="off" />
                </span>
              </label>
              <button type="submit" className="btn main" name="intent" value="save">
                {t('current.save')}
              </button>
            </form>
          ) : null}
        </>
      )}
    </section>
  );
}

function ScenarioTable({ view }: { view: ScenariosView }) {
  const { t, format } = useScenarioTexts();
  const current = view.current?.kind === 'ok' ? view.current : null;
  return (
    <div className="tw">
      <table className="t cards">
        <caption className="vh">{t('list.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('list.name')}</th>
            <th scope="col">{t('list.saved')}</th>
            <th scope="col" className="num">
              {t('list.power')}
            </th>
            <th scope="col" className="num">
              {t('list.price')}
            </th>
            <th scope="col">{t('list.acts')}</th>
          </tr>
        </thead>
        <tbody>
          {view.scenarios.map(({ id, name, machine, savedAt, count, powerUsdPerKwh, priceUsdPerBtc }) => (
            <tr key={id}>
              <th scope="row">
                <a href={toScenarioPath(id)}>{name}</a>
                <small className="dim">{t('list.machines', { count, machines: format.integer(count), machine })}</small>
              </th>
              <td data-l={t('list.saved')}>{format.dateTime(savedAt)}</td>
              <td data-l={t('list.power')} className="num">
                {format.usd(powerUsdPerKwh, 4)}
              </td>
              <td data-l={t('list.price')} className="num">
                {format.usd(priceUsdPerBtc, 0)}
              </td>
              <td className="all">
                <div className="acts">
                  {current === null ? (
                    <a className="btn sm" href={toScenarioPath(id)} aria-label={t('list.explainNamed', { name })}>
                      {t('list.explain')}
                    </a>
                  ) : (
                    <a className="btn sm" href={toScenarioPath(id, current.search)} aria-label={t('list.compareNamed', { name })}>
                      {t('list.compare')}
                    </a>
                  )}
                  {view.mayWrite ? (
                    <form method="post" action={PATHS.scenarios}>
                      <CsrfField />
                      <input type="hidden" name="id" value={id} />
                      <button type="submit" className="btn sm" name="intent" value="delete" aria-label={t('list.deleteNamed', { name })}>
                        {t('list.delete')}
                      </button>
                    </form>
                  ) : null}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
