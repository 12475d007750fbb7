/** The page of a list of machines: the file, what was understood, what it comes to. Puts the parts in place and nothing else. */
import { KeptPagesNav } from '#app/ui/own-pages-nav.tsx';
import { AdvicePart } from './advice-part.tsx';
import type { BatchPage } from './batch-page.server.ts';
import { CurvePart } from './curve-part.tsx';
import { FilePart } from './file-part.tsx';
import { GroupsPart } from './groups-part.tsx';
import { HostedPart } from './hosted-part.tsx';
import { LedgerPart } from './ledger-part.tsx';
import { MappingPart } from './mapping-part.tsx';
import { ModelsPart } from './models-part.tsx';
import { RiskPart } from './risk-part.tsx';
import { RowsPart } from './rows-part.tsx';
import { ScenarioPart } from './scenario-part.tsx';
import { StartPart } from './start-part.tsx';
import { SummaryPart } from './summary-part.tsx';
import { useBatch, useTexts } from './use-batch.ts';

export function BatchScreen({ page }: { page: BatchPage }) {
  const t = useTexts();
  const batch = useBatch(page);
  const { list, read, figures, advised, phase } = batch;
  if (list === null || phase.kind !== 'opened') {
    return (
      <main className="page batch">
        <KeptPagesNav />
        <StartPart batch={batch} />
      </main>
    );
  }
  const hasRows = read !== null && read.ledger.rowsOk > 0;
  const scenario = <ScenarioPart key="scenario" batch={batch} />;
  const rest = (
    <div key="rest" className="batch-rest calm">
      <MappingPart batch={batch} list={list} />
      {read === null ? null : <LedgerPart batch={batch} list={list} read={read} />}
      {read !== null && !hasRows ? <p className="note">{t('page.onlyErrors')}</p> : null}
      {figures !== null && hasRows ? (
        <>
          {figures.hosted === null ? null : <HostedPart batch={batch} hosted={figures.hosted} />}
          <RowsPart batch={batch} />
          <CurvePart batch={batch} figures={figures} />
          <ModelsPart batch={batch} figures={figures} read={read} />
          <GroupsPart batch={batch} list={list} />
          {advised === null ? null : <AdvicePart batch={batch} advised={advised} />}
          <RiskPart batch={batch} />
        </>
      ) : null}
    </div>
  );
  return (
    <main className="main batch">
      <div className={batch.isMoving && batch.scenario.scenario === null ? 'page batch-lay is-stale' : 'page batch-lay'}>
        <div className="batch-top">
          <FilePart batch={batch} list={list} />
          {figures !== null && hasRows ? <SummaryPart batch={batch} figures={figures} /> : <h1 className="vh">{t('page.title')}</h1>}
        </div>
        {/* Before the first reading what is asked comes first; the scenario changes nothing yet. */}
        {read === null ? [rest, scenario] : [scenario, rest]}
      </div>
    </main>
  );
}
