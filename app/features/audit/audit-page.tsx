// The audit log of a workspace: filters as a plain form, the events as a table that turns into cards on a phone, and the proof of the chain.
import { useTranslation } from 'react-i18next';
import { PATHS } from '#app/paths.ts';
import type { ChainVerdict } from '#app/platform/audit/chain.server.ts';
import { AccountPagesNav } from '#app/ui/own-pages-nav.tsx';
import { AuditFilterForm } from './audit-filter-form.tsx';
import { type AuditFault, type AuditQuery, toAuditParams } from './audit-query.ts';
import { AuditTable } from './audit-table.tsx';
import type { AuditPage } from './read-audit.server.ts';

export type AuditScreenProps = {
  query: AuditQuery;
  faults: AuditFault[];
  /** Null while the question has faults: nothing is shown for a question that was not asked. */
  page: AuditPage | null;
  /** Of an address with faults. */
  isWholeWorkspace: boolean;
};

export function AuditScreen({ query, faults, page, isWholeWorkspace }: AuditScreenProps) {
  const { t } = useTranslation('audit');
  return (
    <main className="page audit">
      <AccountPagesNav />
      <header className="audit-head">
        <h1>{t('page.title')}</h1>
        <p className="measure mute">{t(isWholeWorkspace ? 'page.lead' : 'page.leadOwn')}</p>
      </header>
      <AuditFilterForm query={query} faults={faults} people={isWholeWorkspace ? (page?.people ?? []) : null} />
      {page === null ? null : <Log page={page} query={query} />}
    </main>
  );
}

function Log({ page, query }: { page: AuditPage; query: AuditQuery }) {
  const { t } = useTranslation('audit');
  const params = toAuditParams(query);
  const isFiltered = params !== '';
  return (
    <>
      {page.proof === null ? null : <Proof verdict={page.proof} />}
      {page.reach === 'workspace' ? (
        <div className="acts">
          <a className="btn sm" href={`${PATHS.audit}?${toAuditParams(query, { proof: '1' })}`}>
            {t('proof.ask')}
          </a>
          {page.mayExport
            ? (['csv', 'jsonl'] as const).map((format) => (
                <a
                  key={format}
                  className="btn sm"
                  href={`${PATHS.auditExport}?${toAuditParams(query, { format })}`}
                  title={t('export.note')}
                  download
                >
                  {t('export.label')} {t(`export.${format}`)}
                </a>
              ))
            : null}
        </div>
      ) : null}
      {page.rows.length === 0 ? (
        <div className="audit-empty">
          <h2>{t('empty.title')}</h2>
          <p className="mute">{t(isFiltered || query.before !== null ? 'empty.filtered' : 'empty.text')}</p>
        </div>
      ) : (
        <AuditTable rows={page.rows} people={page.people} />
      )}
      <nav className="acts" aria-label={t('table.caption')}>
        {query.before === null ? null : (
          <a className="btn sm" href={`${PATHS.audit}?${params}`}>
            {t('newest')}
          </a>
        )}
        {page.nextBefore === null ? null : (
          <a className="btn sm" href={`${PATHS.audit}?${toAuditParams(query, { before: String(page.nextBefore) })}`}>
            {t('more')}
          </a>
        )}
      </nav>
    </>
  );
}

function Proof({ verdict }: { verdict: ChainVerdict }) {
  const { t } = useTranslation('audit');
  if (verdict.kind === 'broken') {
    const { seq, because } = verdict.first;
    return (
      <div className="note bad" role="alert">
        <p>{t('proof.broken', { seq, reason: t(`break.${because}`), count: verdict.count })}</p>
      </div>
    );
  }
  return (
    <div className="note" role="note">
      <div>
        <p>{t('proof.intact', { count: verdict.count, seq: verdict.head.seq })}</p>
        <p className="small mute hash">{t('proof.head', { hash: verdict.head.hash })}</p>
        <p className="small mute">{t('proof.how')}</p>
      </div>
    </div>
  );
}
