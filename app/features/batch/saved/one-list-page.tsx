/** One saved list, for its workspace or, read only, for whoever has the link. */
import { PATHS, toListEventsPath, toListReportPath, toListRowsPath, toSharedRowsPath } from '#app/paths.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import { KeptPagesNav } from '#app/ui/own-pages-nav.tsx';
import { MAX_NAME_LENGTH } from '../stored/batch-request.ts';
import { ErrorsPart, FiguresPart, RowsTable, useListTexts } from './list-parts.tsx';
import { ProgressPart } from './progress-part.tsx';
import { ResultNote } from './result-note.tsx';
import { type ActResult, AGAIN_FIELDS, type OneView, type SavedList } from './saved-views.ts';
import { isUnderWay, useLiveProgress } from './use-live-progress.ts';

export function OneListPage({ view, result }: { view: OneView; result: ActResult | null }) {
  const { t } = useListTexts();
  const { list, mayWrite, mayReport } = view;
  const progress = useLiveProgress(list.progress, toListEventsPath(list.id, null));
  const isDone = progress.status === 'done';
  return (
    <main className="page lists">
      <KeptPagesNav />
      <header>
        <h1>{list.name}</h1>
        <p className="measure mute">{list.fileName}</p>
      </header>
      <ResultNote result={result} />
      <ProgressPart list={list} progress={progress}>
        {mayWrite ? <Act intent="cancel" label={t('acts.cancel')} /> : null}
      </ProgressPart>
      <div className="acts">
        {isDone && mayReport && list.hasFile && progress.stored > 0 ? (
          <a className="btn main" href={toListReportPath(list.id)}>
            {t('acts.report')}
          </a>
        ) : null}
        <a href={PATHS.lists}>{t('acts.back')}</a>
      </div>
      <FiguresPart list={list} />
      {isUnderWay(progress) ? null : <RowsTable list={list} downloadPath={toListRowsPath(list.id)} />}
      <ErrorsPart list={list} mayDownload />
      {mayWrite && !isUnderWay(progress) ? <Manage view={view} result={result} /> : null}
    </main>
  );
}

function Act({ intent, label }: { intent: string; label: string }) {
  return (
    <form method="post">
      <CsrfField />
      <button type="submit" name="intent" value={intent} className="btn">
        {label}
      </button>
    </form>
  );
}

function Manage({ view, result }: { view: OneView; result: ActResult | null }) {
  const { t } = useListTexts();
  const { list } = view;
  const typed = result?.kind === 'faults' ? result.typed : view.again;
  const bad = new Set(result?.kind === 'faults' ? result.faults.map(({ field }) => field) : []);
  return (
    <>
      <section aria-labelledby="again">
        <h2 id="again">{t('acts.againTitle')}</h2>
        {list.hasFile ? (
          <form method="post" className="list-again">
            <CsrfField />
            <p className="small dim all">{t('acts.againNote')}</p>
            {AGAIN_FIELDS.map((name) => (
              <label className="field" key={name}>
                <span>{t(`field.${name}`)}</span>
                <span className="box">
                  <input
                    name={name}
                    defaultValue={typed[name]}
                    inputMode="decimal"
                    maxLength={40}
                    placeholder={name === 'price' || name === 'difficulty' ? t('acts.todaysMarket') : undefined}
                    aria-invalid={bad.has(name) || undefined}
                  />
                </span>
              </label>
            ))}
            <button type="submit" name="intent" value="again" className="btn">
              {t('acts.again')}
            </button>
          </form>
        ) : (
          <p className="mute">{t('acts.noFile')}</p>
        )}
      </section>
      <section aria-labelledby="manage">
        <h2 id="manage">{t('acts.title')}</h2>
        <form method="post" className="acts list-rename">
          <CsrfField />
          <label className="field list-name">
            <span>{t('acts.newName')}</span>
            <span className="box">
              <input name="name" defaultValue={list.name} maxLength={MAX_NAME_LENGTH} required />
            </span>
          </label>
          <button type="submit" name="intent" value="rename" className="btn">
            {t('acts.rename')}
          </button>
        </form>
        <p className="small dim">
          {list.isShared ? `${t('acts.isShared')} ` : ''}
          {t('acts.shareNote')}
        </p>
        <div className="acts">
          <Act intent="share" label={t(list.isShared ? 'acts.shareAgain' : 'acts.share')} />
          {list.isShared ? <Act intent="unshare" label={t('acts.unshare')} /> : null}
        </div>
        <p className="small dim">{t('acts.deleteNote')}</p>
        <Act intent="delete" label={t('acts.delete')} />
      </section>
    </>
  );
}

export function SharedListPage({ list, secret }: { list: SavedList; secret: string }) {
  const { t } = useListTexts();
  const progress = useLiveProgress(list.progress, toListEventsPath(list.id, secret));
  return (
    <main className="page lists">
      <header>
        <h1>{list.name}</h1>
        <p className="measure mute">{t('shared.lead')}</p>
      </header>
      <ProgressPart list={list} progress={progress} />
      <FiguresPart list={list} />
      {isUnderWay(progress) ? null : <RowsTable list={list} downloadPath={toSharedRowsPath(secret)} />}
      <ErrorsPart list={list} mayDownload={false} />
    </main>
  );
}
