/** Before there is a table: where the file goes, what may be in it, what happens to it; and why a file was not taken. */
import { type DragEvent, useId, useState } from 'react';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import { DELIMITERS } from '../reading/csv-dialect.ts';
import { MAX_CSV_ROWS, MAX_FILE_BYTES, MAX_XLSX_ROWS } from '../reading/limits.ts';
import { TEXT_ENCODINGS } from '../reading/text-encoding.ts';
import { sayRefusal } from '../rows/say-row-error.ts';
import { DELIMITER_NAMES } from './delimiter-names.ts';
import { SAMPLE_NAME, writeSampleList } from './sample-list.ts';
import { type Batch, useTexts } from './use-batch.ts';

const MB = 1e6;
const ACCEPTED = '.csv,.tsv,.txt,.xlsx,.xlsm,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A file that says of itself that it is the sample, so that no figure of it is taken for somebody's fleet. */
function makeSample(): File {
  return Object.assign(new File([writeSampleList()], SAMPLE_NAME, { type: 'text/csv' }), { isSample: true });
}

export function ChooseFile({ batch, label, main = false }: { batch: Batch; label: string; main?: boolean }) {
  const id = useId();
  return (
    <span className="file">
      <input
        id={id}
        className="vh"
        type="file"
        accept={ACCEPTED}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file !== undefined) void batch.openFile(file);
          event.currentTarget.value = '';
        }}
      />
      <label htmlFor={id} className={main ? 'btn main' : 'btn'}>
        {label}
      </label>
    </span>
  );
}

function Trouble({ batch }: { batch: Batch }) {
  const t = useTexts();
  const { phase, format } = batch;
  if (phase.kind === 'failed') {
    return (
      <p className="note bad" role="alert">
        {t('page.failed', { name: phase.name })}
      </p>
    );
  }
  if (phase.kind !== 'refused') return null;
  const { code } = phase.refusal;
  return (
    <div className="note bad" role="alert">
      <div>
        <p>
          <b>{t('page.refused', { name: phase.name })}</b> {sayRefusal(phase.refusal, { t, format })}
        </p>
        {phase.wasChosen ? (
          <p className="acts">
            <button type="button" className="btn sm" onClick={() => batch.reopen({})}>
              {t('page.openAsFound')}
            </button>
          </p>
        ) : null}
        {code === 'encoding' ? (
          <p className="acts">
            {TEXT_ENCODINGS.map((encoding) => (
              <button key={encoding} type="button" className="btn sm" onClick={() => batch.reopen({ encoding })}>
                {encoding.toUpperCase()}
              </button>
            ))}
          </p>
        ) : null}
        {code === 'cell_too_long' || code === 'too_many_columns' ? (
          <p className="acts">
            {DELIMITERS.map((delimiter) => (
              <button key={delimiter} type="button" className="btn sm" onClick={() => batch.reopen({ delimiter })}>
                {t(`page.delimiter.${DELIMITER_NAMES[delimiter]}`)}
              </button>
            ))}
          </p>
        ) : null}
      </div>
    </div>
  );
}

export function StartPart({ batch }: { batch: Batch }) {
  const t = useTexts();
  const [isOver, setIsOver] = useState(false);
  const { format, phase } = batch;
  const take = (event: DragEvent<HTMLElement>) => {
    event.preventDefault();
    setIsOver(false);
    const [file] = event.dataTransfer.files;
    if (file !== undefined) void batch.openFile(file);
  };
  return (
    <section className="batch-start" aria-labelledby="batch-title">
      <h1 id="batch-title">{t('page.title')}</h1>
      <p className="measure mute">{t('page.lead')}</p>
      <Trouble batch={batch} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is the pointer's way; the button inside is everybody's */}
      <div
        className={isOver ? 'drop-zone over' : 'drop-zone'}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={take}
      >
        {phase.kind === 'opening' ? (
          <p aria-live="polite">{t('page.opening', { name: phase.name })}</p>
        ) : (
          <>
            <p className="strong wide">{t('page.drop')}</p>
            <p className="acts">
              <ChooseFile batch={batch} label={t('page.choose')} main />
              <button type="button" className="btn" onClick={() => void batch.openFile(makeSample())}>
                {t('page.sample')}
              </button>
            </p>
          </>
        )}
        <p className="small dim">
          {t('page.limits', {
            csvRows: format.integer(MAX_CSV_ROWS),
            xlsxRows: format.integer(MAX_XLSX_ROWS),
            mb: format.integer(MAX_FILE_BYTES / MB),
          })}
        </p>
      </div>
      <p className="private">
        <b>{t('page.privateTitle')}</b>
        <SentenceGap />
        {t('page.private')}
      </p>
      <noscript>
        <p className="note">{t('page.noscript')}</p>
      </noscript>
      <ul className="promises">
        {(['headers', 'models', 'errors'] as const).map((name) => (
          <li key={name}>
            <h2>{t(`page.promise.${name}.title`)}</h2>
            <p className="mute">{t(`page.promise.${name}.text`)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
