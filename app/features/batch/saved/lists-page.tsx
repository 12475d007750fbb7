/** The workspace's saved lists. Works without script. */
import { PATHS, toListPath } from '#app/paths.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import { Unknown } from '#app/ui/figure.tsx';
import { KeptPagesNav } from '#app/ui/own-pages-nav.tsx';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import { FILE_LIFE_DAYS } from '../stored/batch-request.ts';
import { useListTexts } from './list-parts.tsx';
import { ResultNote } from './result-note.tsx';
import type { ActResult, ListsView } from './saved-views.ts';

const FORM = 'compare';

export function ListsPage({ view, result }: { view: ListsView; result: ActResult | null }) {
  const { t } = useListTexts();
  return (
    <main className="page lists">
      <KeptPagesNav />
      <header>
        <h1>{t('title')}</h1>
        <p className="measure mute">{t('lead', { days: FILE_LIFE_DAYS })}</p>
      </header>
      <ResultNote result={result} />
      {view.lists.length === 0 ? (
        <div className="note">
          <p>
            {t('empty')}
            <SentenceGap />
            <a href={PATHS.batch}>{t('toBatch')}</a>
          </p>
        </div>
      ) : (
        <>
          <ListsTable view={view} />
          <form method="get" action={PATHS.compareLists} id={FORM} className="acts">
            <button type="submit" className="btn">
              {t('compare')}
            </button>
            <span className="small dim">{t('compareHint')}</span>
          </form>
          <p>
            <a href={PATHS.batch}>{t('another')}</a>
          </p>
        </>
      )}
    </main>
  );
}

function ListsTable({ view }: { view: ListsView }) {
  const { t, format, amounts } = useListTexts();
  const none = t('notYet');
  return (
    <div className="tw">
      <table className="t cards">
        <caption className="vh">{t('caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col" className="num">
              {t('machines')}
            </th>
            <th scope="col" className="num">
              {t('net')}
            </th>
            <th scope="col" className="num">
              {t('npv')}
            </th>
            <th scope="col">{t('uploaded')}</th>
            <th scope="col">{t('acts.title')}</th>
          </tr>
        </thead>
        <tbody>
          {view.lists.map(({ id, name, fileName, status, figures, createdAt }) => (
            <tr key={id}>
              <th scope="row">
                <span className="one-of">
                  {figures === null ? null : <input type="checkbox" name="id" value={id} form={FORM} aria-label={t('pick', { name })} />}
                  <a href={toListPath(id)}>{name}</a>
                  <small className="dim">{fileName}</small>
                </span>
              </th>
              <td data-l={t('state')} className={status === 'failed' ? 'loss' : undefined}>
                {t(`status.${status}`)}
              </td>
              <td data-l={t('machines')} className="num">
                {figures === null ? <Unknown reason={none} /> : format.integer(figures.machines)}
              </td>
              <td data-l={t('net')} className="num">
                {figures === null ? <Unknown reason={none} /> : amounts.signedDaily(figures.netUsdPerDay)}
              </td>
              <td data-l={t('npv')} className="num">
                {figures === null ? <Unknown reason={none} /> : amounts.signedTotal(figures.npvUsd)}
              </td>
              <td data-l={t('uploaded')}>{format.dateTime(createdAt)}</td>
              <td className="all">
                {view.mayWrite ? (
                  <form method="post" action={PATHS.lists}>
                    <CsrfField />
                    <input type="hidden" name="id" value={id} />
                    {status === 'queued' || status === 'running' ? (
                      <button type="submit" name="intent" value="cancel" className="btn sm" aria-label={t('acts.cancelNamed', { name })}>
                        {t('acts.cancel')}
                      </button>
                    ) : (
                      <button type="submit" name="intent" value="delete" className="btn sm" aria-label={t('acts.deleteNamed', { name })}>
                        {t('acts.delete')}
                      </button>
                    )}
                  </form>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
