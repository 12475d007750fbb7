/** The plan as files, written by the worker that holds it: every run of every machine as CSV, and the problem with its answer as JSON that anybody can check. */
import { useState } from 'react';
import { DownloadIcon } from '#app/ui/icons.tsx';
import type { CsvTitles } from './plan-csv.ts';
import { useTexts, type WhatIf } from './use-what-if.ts';

/** The browser may still be reading the file when the click is over. */
const KEEP_URL_MS = 10_000;

function download(text: string, type: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_URL_MS);
}

export function ExportPart({ whatIf }: { whatIf: WhatIf }) {
  const t = useTexts();
  const [hasFailed, setHasFailed] = useState(false);
  const { outcome, writeFile, isStale } = whatIf;
  const view = outcome?.view ?? null;
  const date = outcome?.setting.date ?? '';
  const why = isStale ? 'export.stale' : view?.kind === 'plan' ? null : 'export.noPlan';
  const titles: CsvTitles = {
    machine: t('export.machine'),
    unit: t('export.unit'),
    client: t('export.client'),
    from: t('export.from'),
    to: t('export.to'),
    mode: t('export.mode'),
    powerW: t('export.powerW'),
    off: t('export.off'),
  };
  const save = async (kind: 'csv' | 'json') => {
    const text = await writeFile(kind === 'csv' ? { kind, titles } : { kind });
    setHasFailed(text === null);
    if (text !== null) download(text, kind === 'csv' ? 'text/csv' : 'application/json', `hashinsight-plan-${date}.${kind}`);
  };
  return (
    <section className="sec scripted">
      <header>
        <h2>{t('export.title')}</h2>
        <p className="small">{t('export.link')}</p>
      </header>
      <div className="acts">
        <button type="button" className="btn" disabled={why !== null} onClick={() => void save('csv')}>
          <DownloadIcon />
          {t('export.csv')}
        </button>
        <button
          type="button"
          className="btn"
          disabled={isStale || (view?.kind !== 'plan' && view?.kind !== 'infeasible')}
          onClick={() => void save('json')}
        >
          <DownloadIcon />
          {t('export.json')}
        </button>
      </div>
      {why === null ? null : <p className="small dim why">{t(why)}</p>}
      {hasFailed ? (
        <p className="loss" role="alert">
          {t('export.failed')}
        </p>
      ) : null}
    </section>
  );
}
