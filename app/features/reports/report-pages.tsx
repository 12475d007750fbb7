/** The pages of reports: the workspace's list, the order of one, and one that is waited for. Everything works without script. */
import { useTranslation } from 'react-i18next';
import { PATHS, toListPath, toReportFilePath, toReportPath } from '#app/paths.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '#app/platform/i18n/languages.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import { createFormat } from '#app/ui/format.ts';
import { KeptPagesNav } from '#app/ui/own-pages-nav.tsx';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import { LogoPart, useLogoBounds } from './logo/logo-part.tsx';
import { REPORT_FORMATS } from './report-file.ts';
import type { ListResult, ListView, NewResult, NewView } from './report-page-views.ts';
import type { ReportView } from './report-view.ts';

const BYTES_PER_KB = 1000;
const TIME_LIMIT_S = 180;

function useReportTexts() {
  const { t } = useTranslation('reports');
  const format = createFormat(useLocale());
  const sayState = ({ status, progressRatio, errorCode, errorDetail }: ReportView) => {
    if (status === 'running') return `${t('page.status.running')} · ${t('page.progress', { percent: format.percent(progressRatio, 0) })}`;
    if (errorCode === null) return t(`page.status.${status}`);
    return t(`page.error.${errorCode}`, { detail: errorDetail ?? '', seconds: TIME_LIMIT_S });
  };
  const saySize = (bytes: number | null) => (bytes === null ? '—' : t('page.kb', { kb: format.integer(Math.ceil(bytes / BYTES_PER_KB)) }));
  return { t, format, sayState, saySize };
}

export function ReportListPage({ view, result }: { view: ListView; result: ListResult | null }) {
  const { t } = useReportTexts();
  return (
    <main className="page reports">
      <KeptPagesNav />
      <header>
        <h1>{t('page.title')}</h1>
        <p className="measure mute">{t('page.lead', { workspace: view.workspace, days: view.days })}</p>
      </header>
      {result === null ? null : <ResultNote result={result} />}
      {view.reports.length === 0 ? (
        <div className="note">
          <p>
            {t('page.empty')}
            <SentenceGap />
            <a href={PATHS.calculator}>{t('page.toCalculator')}</a>
          </p>
        </div>
      ) : (
        <ReportTable view={view} />
      )}
      {view.maySet ? <LogoPart workspace={view.workspace} hasLogo={view.hasLogo} /> : null}
    </main>
  );
}

function ResultNote({ result }: { result: ListResult }) {
  const { t } = useReportTexts();
  const bounds = useLogoBounds();
  const say = () => {
    if (result.kind === 'done') return t(`page.done.${result.act}`);
    if (result.kind === 'logo-refused') return t(`logo.refused.${result.reason}`, bounds);
    return t(`page.refused.${result.reason}`, { max: result.max });
  };
  return (
    <div className={result.kind === 'done' ? 'note' : 'note bad'} role={result.kind === 'done' ? 'status' : 'alert'}>
      <p>{say()}</p>
    </div>
  );
}

function ReportTable({ view }: { view: ListView }) {
  const { t, format, sayState, saySize } = useReportTexts();
  return (
    <div className="tw">
      <table className="t cards">
        <caption className="vh">{t('page.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('page.name')}</th>
            <th scope="col">{t('page.format')}</th>
            <th scope="col">{t('page.state')}</th>
            <th scope="col">{t('page.made')}</th>
            <th scope="col">{t('page.size')}</th>
            <th scope="col">{t('page.until')}</th>
            <th scope="col">{t('page.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {view.reports.map((report) => (
            <tr key={report.id}>
              <th scope="row">
                <a href={toReportPath(report.id)}>{report.name}</a>
                <small className="dim">
                  {t(`page.kind.${report.kind}`)} · {LANGUAGE_NAMES[report.language]}
                </small>
              </th>
              <td data-l={t('page.format')}>{t(`new.${report.format}`)}</td>
              <td data-l={t('page.state')} className={report.status === 'failed' ? 'loss' : undefined}>
                {sayState(report)}
              </td>
              <td data-l={t('page.made')}>{format.dateTime(report.createdAt)}</td>
              <td data-l={t('page.size')}>{saySize(report.sizeBytes)}</td>
              <td data-l={t('page.until')}>{format.date(report.expiresAt)}</td>
              <td className="all">
                <ReportActs report={report} mayWrite={view.mayWrite} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ReportActs({ report, mayWrite }: { report: ReportView; mayWrite: boolean }) {
  const { t } = useReportTexts();
  const { id, name, status } = report;
  const isUnderWay = status === 'queued' || status === 'running';
  return (
    <div className="acts">
      {status === 'done' ? (
        <a
          className="btn sm"
          href={toReportFilePath(id)}
          download
          aria-label={t('page.downloadNamed', { name, format: t(`new.${report.format}`) })}
        >
          {t('page.download')}
        </a>
      ) : null}
      {mayWrite && isUnderWay ? <Act intent="cancelled" id={id} label={t('page.cancel')} named={t('page.cancelNamed', { name })} /> : null}
      {mayWrite && !isUnderWay ? <Act intent="rerun" id={id} label={t('page.rerun')} named={t('page.rerunNamed', { name })} /> : null}
      {mayWrite && !isUnderWay ? <Act intent="removed" id={id} label={t('page.remove')} named={t('page.removeNamed', { name })} /> : null}
    </div>
  );
}

function Act({ intent, id, label, named }: { intent: string; id: string; label: string; named: string }) {
  return (
    <form method="post" action={PATHS.reports}>
      <CsrfField />
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="id" value={id} />
      <button type="submit" className="btn sm" aria-label={named}>
        {label}
      </button>
    </form>
  );
}

export function NewReportPage({ view, result }: { view: NewView; result: NewResult | null }) {
  const { t, format } = useReportTexts();
  const { subject } = view;
  return (
    <main className="page reports narrow">
      <KeptPagesNav />
      <header>
        <h1>{t('new.title')}</h1>
        <p className="measure mute">{t('new.lead')}</p>
      </header>
      {result === null ? null : (
        <div className="note bad" role="alert">
          <p>
            {result.kind === 'invalid'
              ? t('new.faults', { detail: result.fields })
              : t(result.kind === 'wait' ? 'new.wait' : 'new.noAnswer')}
          </p>
        </div>
      )}
      {subject === null ? (
        <div className="note">
          <p>{t('new.noAnswer')}</p>
        </div>
      ) : (
        <form method="post" className="form">
          <CsrfField />
          <section aria-labelledby="subject">
            <h2 id="subject">{t('new.subject')}</h2>
            <p>
              {subject.kind === 'list'
                ? t('new.listText', { name: subject.name, rows: format.integer(subject.rows) })
                : t('new.subjectText', {
                    machines: format.integer(subject.machines),
                    model: subject.model,
                    price: format.number(subject.powerUsdPerKwh, 4),
                    horizon: format.integer(subject.horizonMonths),
                  })}
            </p>
          </section>
          <fieldset>
            <legend>{t('new.format')}</legend>
            {REPORT_FORMATS.map((one) => (
              <label className="choice" key={one}>
                <input type="radio" name="format" value={one} defaultChecked={one === 'pdf'} />
                <span>
                  {t(`new.${one}`)} <span className="dim">{t(`new.${one}Hint`)}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <fieldset>
            <legend>{t('new.language')}</legend>
            {LANGUAGES.map((one) => (
              <label className="choice" key={one}>
                <input type="radio" name="language" value={one} defaultChecked={one === view.language} />
                <span lang={one}>{LANGUAGE_NAMES[one]}</span>
              </label>
            ))}
          </fieldset>
          <button className="btn main" type="submit">
            {t('new.make')}
          </button>
          {view.isGuest ? <p className="small dim">{t('new.guestNote')}</p> : null}
        </form>
      )}
      <p>
        {subject?.kind === 'list' ? (
          <a href={toListPath(subject.id)}>{t('new.backToList')}</a>
        ) : (
          <a href={`${PATHS.calculator}${view.search}`}>{t('new.back')}</a>
        )}
      </p>
    </main>
  );
}

export function OneReportPage({ report }: { report: ReportView }) {
  const { t, format, sayState } = useReportTexts();
  const isUnderWay = report.status === 'queued' || report.status === 'running';
  return (
    <main className="page reports narrow">
      <KeptPagesNav />
      <header>
        <h1>{t('one.title')}</h1>
        <p className="measure mute">
          {report.name} · {t(`new.${report.format}`)} · {LANGUAGE_NAMES[report.language]}
        </p>
      </header>
      <output className={report.status === 'failed' ? 'note bad' : 'note'}>
        <span>{sayState(report)}</span>
        {isUnderWay ? (
          <>
            <progress max={1} value={report.progressRatio} aria-label={t('page.state')} />
            <span className="small dim">{t('one.refresh')}</span>
          </>
        ) : null}
      </output>
      {report.status === 'done' ? (
        <div className="acts">
          <a className="btn main" href={toReportFilePath(report.id)} download>
            {t('page.download')}
          </a>
          <span className="small dim">
            {t('one.size', {
              kb: format.integer(Math.ceil((report.sizeBytes ?? 0) / BYTES_PER_KB)),
              until: format.dateTime(report.expiresAt),
            })}
          </span>
        </div>
      ) : null}
      <p>
        <a href={PATHS.calculator}>{t('page.toCalculator')}</a>
      </p>
    </main>
  );
}
