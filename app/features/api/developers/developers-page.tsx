/** The readable description of the API. Everything that could go stale comes from the schemas; see `developers-view.ts`. */
import { useTranslation } from 'react-i18next';
import { PATHS } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { createFormat } from '#app/ui/format.ts';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import { AnswerFields } from './answer-fields.tsx';
import { CopyableCode } from './copyable-code.tsx';
import type { DevelopersView } from './developers.server.ts';
import { RequestFields } from './request-fields.tsx';

/** Fragment of each section; the problem kinds have fragments of their own, which `type` of an error points to. */
const SECTIONS = ['rules', 'example', 'endpoints', 'request', 'answer', 'errors'] as const;

export function DevelopersPage({ view }: { view: DevelopersView }) {
  const { t } = useTranslation('developers');
  return (
    <main className="page api">
      <header className="api-head">
        <h1>{t('page.title')}</h1>
        <p className="measure mute">{t('page.lead')}</p>
        <nav aria-label={t('page.contents')}>
          <ul className="api-contents">
            {SECTIONS.map((section) => (
              <li key={section}>
                <a href={`#${section}`}>{t(`${section}.title`)}</a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <Rules />
      <Example view={view} />
      <Endpoints endpoints={view.endpoints} limits={view.limits} />
      <section className="sec" id="request" aria-labelledby="request-title">
        <header>
          <h2 id="request-title">{t('request.title')}</h2>
          <p className="measure">{t('request.lead')}</p>
        </header>
        <div className="api-tables">
          {view.requestGroups.map((group) => (
            <RequestFields key={group.title} group={group} />
          ))}
        </div>
      </section>
      <section className="sec" id="answer" aria-labelledby="answer-title">
        <header>
          <h2 id="answer-title">{t('answer.title')}</h2>
          <p className="measure">{t('answer.lead')}</p>
        </header>
        <div className="api-tables two">
          {view.answerGroups.map((group) => (
            <AnswerFields key={group.component} group={group} />
          ))}
        </div>
      </section>
      <Errors view={view} />
    </main>
  );
}

function Rules() {
  const { t } = useTranslation('developers');
  return (
    <section className="sec" id="rules" aria-labelledby="rules-title">
      <header>
        <h2 id="rules-title">{t('rules.title')}</h2>
      </header>
      <ul className="api-rules measure">
        <li>{t('rules.units')}</li>
        <li>{t('rules.null')}</li>
        <li>{t('rules.market')}</li>
        <li>{t('rules.strict')}</li>
        <li>
          {t('rules.token')}
          <SentenceGap />
          <a href={PATHS.tokens}>{t('rules.tokens')}</a>
        </li>
        <li>
          {t('rules.openapi')}
          <SentenceGap />
          <a href={PATHS.apiOpenApi}>{PATHS.apiOpenApi}</a>
        </li>
      </ul>
    </section>
  );
}

function Example({ view }: { view: DevelopersView }) {
  const { t } = useTranslation('developers');
  return (
    <section className="sec" id="example" aria-labelledby="example-title">
      <header>
        <h2 id="example-title">{t('example.title')}</h2>
        <p className="measure">{t('example.lead')}</p>
      </header>
      <div className="api-pair">
        <CopyableCode of={t('example.title')} title={t('example.request')} text={view.request} />
        <div>
          <CopyableCode of={t('example.title')} title={t('example.answer')} text={view.answer} />
          <p className="small mute">{t('example.shortened', { count: view.monthCount })}</p>
        </div>
      </div>
    </section>
  );
}

function Endpoints({ endpoints, limits }: Pick<DevelopersView, 'endpoints' | 'limits'>) {
  const { t } = useTranslation('developers');
  const format = createFormat(useLocale());
  const roiLimit = t('endpoints.roiLimit', { kilobytes: format.integer(limits.roiKilobytes) });
  const batchLimit = t('endpoints.batchLimit', {
    rows: format.integer(limits.batchRows),
    megabytes: format.integer(limits.batchMegabytes),
  });
  const shedLimit = t('endpoints.shedLimit', {
    machines: format.integer(limits.shedMachines),
    megabytes: format.integer(limits.shedMegabytes),
  });
  const planLimit = t('endpoints.planLimit', {
    machines: format.integer(limits.planMachines),
    megabytes: format.integer(limits.shedMegabytes),
  });
  const forecastLimit = t('endpoints.ownForecastLimit', {
    values: format.integer(limits.forecastValues),
    seconds: format.integer(limits.forecastSeconds),
  });
  const listLimit = t('endpoints.listLimit', {
    rows: format.integer(limits.listRows),
    megabytes: format.integer(limits.listMegabytes),
  });
  const indicatorLimit = t('endpoints.indicatorLimit', {
    candles: format.integer(limits.indicatorCandles),
    megabytes: format.integer(limits.indicatorMegabytes),
  });
  const limitOf: Record<string, string> = {
    [`POST ${PATHS.apiRoi}`]: roiLimit,
    [`POST ${PATHS.apiRoiBatch}`]: batchLimit,
    [`POST ${PATHS.apiRisk}`]: roiLimit,
    [`POST ${PATHS.apiIndicators}/{name}`]: indicatorLimit,
    [`POST ${PATHS.apiCurtailmentShed}`]: shedLimit,
    [`POST ${PATHS.apiCurtailmentPlan}`]: planLimit,
    [`POST ${PATHS.apiForecasts}`]: forecastLimit,
    [`POST ${PATHS.apiBatches}`]: listLimit,
  };
  return (
    <section className="sec" id="endpoints" aria-labelledby="endpoints-title">
      <header>
        <h2 id="endpoints-title">{t('endpoints.title')}</h2>
      </header>
      <div className="tw">
        <table className="t cards">
          <thead>
            <tr>
              <th scope="col">{t('endpoints.path')}</th>
              <th scope="col">{t('endpoints.method')}</th>
              <th scope="col">{t('endpoints.limits')}</th>
              <th scope="col">{t('endpoints.purpose')}</th>
            </tr>
          </thead>
          <tbody>
            {endpoints.map(({ method, path, purpose }) => (
              <tr key={`${method} ${path}`}>
                <th scope="row" className="nw">
                  <code>{path}</code>
                </th>
                <td data-l={t('endpoints.method')}>{method}</td>
                <td data-l={t('endpoints.limits')}>{limitOf[`${method} ${path}`] ?? t('endpoints.noLimit')}</td>
                <td className="all">{purpose}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Errors({ view }: { view: DevelopersView }) {
  const { t } = useTranslation('developers');
  const format = createFormat(useLocale());
  return (
    <section className="sec" id="errors" aria-labelledby="errors-title">
      <header>
        <h2 id="errors-title">{t('errors.title')}</h2>
        <p className="measure">{t('errors.lead', { max: format.integer(view.maxFaults) })}</p>
      </header>
      <div className="tw">
        <table className="t cards">
          <thead>
            <tr>
              <th scope="col">{t('errors.kind')}</th>
              <th scope="col">{t('errors.status')}</th>
              <th scope="col">{t('errors.meaning')}</th>
            </tr>
          </thead>
          <tbody>
            {view.problems.map(({ kind, status }) => (
              <tr key={kind} id={kind}>
                <th scope="row">
                  <code>{kind}</code>
                </th>
                <td data-l={t('errors.status')}>{status}</td>
                <td className="all">{t(`errors.kinds.${kind}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h3 className="api-sub">{t('errors.exampleTitle')}</h3>
      <div className="api-pair">
        <CopyableCode of={t('errors.title')} title={t('example.request')} text={view.refused} />
        <CopyableCode of={t('errors.title')} title={t('example.answer')} text={view.refusal} />
      </div>
    </section>
  );
}
