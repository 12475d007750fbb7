/** The file in work: its name, how it was read, another sheet or encoding, and how far the reading is. */
import { useEffect, useState } from 'react';
import { DELIMITERS } from '../reading/csv-dialect.ts';
import { TEXT_ENCODINGS } from '../reading/text-encoding.ts';
import { DELIMITER_NAMES } from './delimiter-names.ts';
import { SavePart } from './save-part.tsx';
import { ChooseFile } from './start-part.tsx';
import { type Batch, type OpenList, useTexts } from './use-batch.ts';

const SECOND_MS = 1000;

/** Seconds since the reading began; for the time that is left. */
function useElapsedMs(isRunning: boolean): number {
  const [elapsedMs, setElapsedMs] = useState(0);
  useEffect(() => {
    if (!isRunning) return;
    const from = performance.now();
    setElapsedMs(0);
    const timer = setInterval(() => setElapsedMs(performance.now() - from), SECOND_MS / 4);
    return () => clearInterval(timer);
  }, [isRunning]);
  return elapsedMs;
}

function ProgressLine({ batch }: { batch: Batch }) {
  const t = useTexts();
  const { progress, format, cancel } = batch;
  const elapsedMs = useElapsedMs(progress !== null);
  if (progress === null) return null;
  const { rows, ratio } = progress;
  const rate = elapsedMs > SECOND_MS / 2 ? rows / (elapsedMs / SECOND_MS) : null;
  const leftS = ratio === null || ratio === 0 || rate === null ? null : (elapsedMs / SECOND_MS) * (1 / ratio - 1);
  return (
    <div className="batch-progress" aria-live="polite">
      <progress max={1} value={ratio ?? undefined} aria-label={t('page.reading')} />
      <p className="small">
        {t('page.progress', { rows: format.integer(rows) })}
        {rate === null ? '' : ` · ${t('page.rate', { rate: format.integer(rate) })}`}
        {leftS === null ? '' : ` · ${t('page.left', { seconds: format.integer(Math.ceil(leftS)) })}`}
      </p>
      <button type="button" className="btn sm" onClick={cancel}>
        {t('page.cancel')}
      </button>
    </div>
  );
}

function Select({
  label,
  value,
  options,
  onSelect,
}: {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onSelect: (value: string) => void;
}) {
  return (
    <label className="inline-select">
      <span className="dim">{label}</span>
      <span className="box">
        <select value={value} onChange={(event) => onSelect(event.currentTarget.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </span>
    </label>
  );
}

function FormatChoices({ batch, list }: { batch: Batch; list: OpenList }) {
  const t = useTexts();
  const { format } = list;
  if (format.kind === 'xlsx') {
    if (format.sheets.length < 2) return null;
    const options = format.sheets.map(({ name, isHidden }) => ({ value: name, label: isHidden ? t('page.hiddenSheet', { name }) : name }));
    return <Select label={t('page.sheet')} value={format.sheet} options={options} onSelect={(sheet) => batch.reopen({ sheet })} />;
  }
  const { encoding, delimiter } = format;
  return (
    <>
      <Select
        label={t('page.encoding')}
        value={encoding}
        options={TEXT_ENCODINGS.map((name) => ({ value: name, label: name.toUpperCase() }))}
        onSelect={(next) => batch.reopen({ encoding: next as typeof encoding, delimiter })}
      />
      <Select
        label={t('page.delimiterLabel')}
        value={delimiter}
        options={DELIMITERS.map((sign) => ({ value: sign, label: t(`page.delimiter.${DELIMITER_NAMES[sign]}`) }))}
        onSelect={(next) => batch.reopen({ encoding, delimiter: next as typeof delimiter })}
      />
    </>
  );
}

export function FilePart({ batch, list }: { batch: Batch; list: OpenList }) {
  const t = useTexts();
  return (
    <section className="batch-file" aria-label={t('page.file')}>
      <div className="batch-file-line">
        <p className="batch-name">
          <b>{list.name}</b>
          {list.isSample ? <span className="tag">{t('page.sampleTag')}</span> : null}
        </p>
        <div className="batch-file-acts">
          <FormatChoices batch={batch} list={list} />
          <ChooseFile batch={batch} label={t('page.another')} />
          <button type="button" className="btn quiet" onClick={batch.close}>
            {t('page.close')}
          </button>
        </div>
      </div>
      {list.isSample ? <p className="small dim">{t('page.sampleNote')}</p> : null}
      <ProgressLine batch={batch} />
      {batch.read === null ? null : <SavePart batch={batch} list={list} />}
    </section>
  );
}
