/** Where every row went: computed, in error, left out by choice. Errors are corrected here, and the file can be taken back with its problems written beside the rows. */
import { type FormEvent, useState } from 'react';
import { DownloadIcon } from '#app/ui/icons.tsx';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import { readNumber } from '../mapping/read-number.ts';
import { ROW_NOTES } from '../rows/batch-row.ts';
import { sayColumn, sayRowError, saySuggestion, toProblemTexts } from '../rows/say-row-error.ts';
import { type ErrorGroup, toEdits } from '../session/error-groups.ts';
import { type Batch, type OpenList, type ReadList, type Texts, useTexts } from './use-batch.ts';

/** Rows named beside a mistake; their number is said. */
const SHOWN_ROWS = 6;
const FIRST_GROUPS = 8;
const KEEP_URL_MS = 10_000;

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_URL_MS);
}

/** What may be typed in place of the cell, of what is suggested. */
function listOffers({ suggestion, value }: ErrorGroup['example']): string[] {
  if (suggestion === null) return [];
  if (suggestion.kind === 'unit') {
    const withUnit = `${value} ${suggestion.unit}`;
    const reading = readNumber(withUnit, null);
    // Not every unit's name here is one that a cell may carry.
    return reading.kind === 'number' && reading.unit === suggestion.unit ? [withUnit] : [];
  }
  if (suggestion.kind === 'value') return [suggestion.value];
  if (suggestion.kind === 'either') return [...suggestion.values];
  return suggestion.kind === 'machines' ? [...suggestion.names] : [];
}

function sayRows(t: Texts, format: Batch['format'], rows: readonly number[]): string {
  const named = rows.slice(0, SHOWN_ROWS).map((row) => format.integer(row));
  const list = named.join(', ');
  if (rows.length === 1) return t('page.row', { row: list });
  return rows.length > SHOWN_ROWS
    ? t('page.rowsMore', { rows: list, total: format.integer(rows.length) })
    : t('page.rowsAll', { rows: list });
}

function ErrorLine({ batch, group }: { batch: Batch; group: ErrorGroup }) {
  const t = useTexts();
  const [value, setValue] = useState(group.example.value);
  const { format, choices, choose } = batch;
  const words = { t, format };
  const { example, rows } = group;
  const column = sayColumn(example, words) || (example.field === null ? '' : t(`field.${example.field}`));
  const fix = (next: string) => choose({ edits: [...choices.edits, ...toEdits(group, next)] });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value !== example.value) fix(value);
  };
  const offers = listOffers(example);
  const { suggestion } = example;
  return (
    <li className="row-error">
      <p>
        <b>{column === '' ? t('page.wholeLine') : column}</b>
        {example.value === '' ? null : <code>{example.value}</code>}
        <span className="said">
          {format.sentences(
            sayRowError({ ...example, suggestion: null }, words),
            suggestion === null || offers.length > 0 ? null : saySuggestion(suggestion, words),
          )}
        </span>
        <small className="dim">{sayRows(t, format, rows)}</small>
      </p>
      <form className="fix" onSubmit={submit}>
        {example.column === null ? null : (
          <>
            <span className="box">
              <input
                value={value}
                aria-label={t('page.newValue', { column })}
                autoComplete="off"
                onChange={(event) => setValue(event.currentTarget.value)}
              />
            </span>
            <button type="submit" className="btn sm" disabled={value === example.value}>
              {rows.length > 1 ? t('page.fixAll', { total: format.integer(rows.length) }) : t('page.fix')}
            </button>
            {offers.map((offer) => (
              <button key={offer} type="button" className="btn sm quiet" onClick={() => fix(offer)}>
                {offer}
              </button>
            ))}
          </>
        )}
        <button type="button" className="btn sm quiet" onClick={() => choose({ skipRows: [...choices.skipRows, ...rows] })}>
          {t('page.leaveOut')}
        </button>
      </form>
    </li>
  );
}

function Errors({ batch, read }: { batch: Batch; read: ReadList }) {
  const t = useTexts();
  const [isWhole, setIsWhole] = useState(false);
  const { format, choices, choose } = batch;
  const { errors, rowsInError } = read.ledger;
  if (rowsInError === 0) return null;
  const shown = isWhole ? read.errorGroups : read.errorGroups.slice(0, FIRST_GROUPS);
  const hidden = read.errorGroups.length - shown.length;
  const sideLines = (errors.sum_line ?? 0) + (errors.remark_line ?? 0) + (errors.repeated_header ?? 0);
  return (
    <div className="errors">
      <ul className="kinds">
        {Object.entries(errors).map(([code, count]) => (
          <li key={code} className="tag">
            {t(`page.kind.${code as keyof typeof errors}`)} {format.integer(count)}
          </li>
        ))}
      </ul>
      {sideLines > 0 ? (
        <p className="acts">
          <button type="button" className="btn sm" onClick={() => choose({ sideLines: 'skip' })}>
            {t('page.skipSideLines', { total: format.integer(sideLines) })}
          </button>
        </p>
      ) : null}
      <ul className="row-errors">
        {shown.map((group) => (
          <ErrorLine key={group.id} batch={batch} group={group} />
        ))}
      </ul>
      {hidden > 0 ? (
        <button type="button" className="btn quiet" onClick={() => setIsWhole(true)}>
          {t('page.moreErrors', { total: format.integer(hidden) })}
        </button>
      ) : null}
      {read.errorGroupCount > read.errorGroups.length && isWhole ? (
        <p className="small dim">{t('page.tooManyErrors', { total: format.integer(read.errorGroupCount - read.errorGroups.length) })}</p>
      ) : null}
      {choices.edits.length > 0 ? <p className="small dim">{t('page.edited', { total: format.integer(choices.edits.length) })}</p> : null}
    </div>
  );
}

function Duplicates({ batch, read }: { batch: Batch; read: ReadList }) {
  const t = useTexts();
  const { format, choices, choose } = batch;
  const { serial = 0, identical = 0 } = read.ledger.duplicates;
  if (serial + identical === 0) return null;
  return (
    <fieldset className="choice">
      <legend>
        {format.sentences(
          serial > 0 ? t('page.doubledSerial', { total: format.integer(serial) }) : null,
          identical > 0 ? t('page.doubledIdentical', { total: format.integer(identical) }) : null,
        )}
      </legend>
      <div className="acts">
        {(['keep', 'merge', 'skip'] as const).map((way) => (
          <label key={way} className="pick">
            <input type="radio" name="duplicates" checked={choices.duplicates === way} onChange={() => choose({ duplicates: way })} />
            {t(`page.duplicates.${way}`)}
          </label>
        ))}
      </div>
      <details className="data">
        <summary>{t('page.showDuplicates')}</summary>
        <ul className="small doubled">
          {read.duplicates.map(({ row, duplicate }) => (
            <li key={row}>
              {t('page.row', { row: format.integer(row) })}: {t(`duplicate.${duplicate.kind}`, { row: format.integer(duplicate.firstRow) })}
            </li>
          ))}
        </ul>
      </details>
    </fieldset>
  );
}

function Hidden({ batch, read }: { batch: Batch; read: ReadList }) {
  const t = useTexts();
  const { format, choices, choose } = batch;
  const skipped = read.ledger.skipped.hidden ?? 0;
  const count = read.ledger.rowsHidden + skipped;
  if (count === 0) return null;
  return (
    <label className="pick">
      <input
        type="checkbox"
        checked={choices.hiddenRows === 'skip'}
        onChange={(event) => choose({ hiddenRows: event.currentTarget.checked ? 'skip' : 'read' })}
      />
      {t('page.skipHidden', { total: format.integer(count) })}
    </label>
  );
}

/** Left out by choice, and the way back. */
function Skipped({ batch, read }: { batch: Batch; read: ReadList }) {
  const t = useTexts();
  const { format, choose } = batch;
  const { chosen = 0, side_line = 0 } = read.ledger.skipped;
  if (chosen + side_line === 0) return null;
  return (
    <p className="small">
      {t('page.skippedNote', { total: format.integer(chosen + side_line) })}
      <SentenceGap />
      <button type="button" className="btn sm quiet" onClick={() => choose({ skipRows: [], sideLines: 'report' })}>
        {t('page.takeBack')}
      </button>
    </p>
  );
}

function Export({ batch, list, read }: { batch: Batch; list: OpenList; read: ReadList }) {
  const t = useTexts();
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const { getClient, choices, format } = batch;
  if (read.ledger.rowsInError === 0) return null;
  const write = async (only: 'all' | 'problems') => {
    setState('busy');
    try {
      const errors = await getClient().call('errors');
      const problems = [...toProblemTexts(errors, { t, format })];
      const blob = await getClient().call('exportFile', { edits: choices.edits, problemHeader: t('file.problemHeader'), only, problems });
      const base = list.name.replace(/\.[^.]*$/, '');
      save(blob, `${base}-${t('page.markedName')}.${list.format.kind}`);
      setState('idle');
    } catch {
      setState('failed');
    }
  };
  return (
    <div>
      <p className="acts">
        <button type="button" className="btn sm" disabled={state === 'busy'} onClick={() => void write('all')}>
          <DownloadIcon />
          {t('page.exportAll')}
        </button>
        <button type="button" className="btn sm" disabled={state === 'busy'} onClick={() => void write('problems')}>
          <DownloadIcon />
          {t('page.exportProblems')}
        </button>
      </p>
      {state === 'failed' ? (
        <p className="loss" role="alert">
          {t('page.exportFailed')}
        </p>
      ) : null}
    </div>
  );
}

/** Rows that are computed as they stand and may not be meant so. */
function Noted({ batch, read }: { batch: Batch; read: ReadList }) {
  const t = useTexts();
  const { notes } = read.ledger;
  const present = ROW_NOTES.filter((note) => (notes[note] ?? 0) > 0);
  if (present.length === 0) return null;
  return (
    <div className="note">
      <ul className="small noted">
        {present.map((note) => (
          <li key={note}>
            <b>{t('page.notedRows', { total: batch.format.integer(notes[note] ?? 0) })}</b> {t(`note.${note}`)}
          </li>
        ))}
      </ul>
    </div>
  );
}

export function LedgerPart({ batch, list, read }: { batch: Batch; list: OpenList; read: ReadList }) {
  const t = useTexts();
  const { format } = batch;
  const { rowsIn, rowsOk, rowsInError, rowsSkipped, rowsMerged } = read.ledger;
  return (
    <section className="sec ledger" aria-labelledby="ledger-title">
      <header>
        <h2 id="ledger-title">
          {rowsInError === 0
            ? t('page.ledgerClean', { rows: format.integer(rowsIn) })
            : t('page.ledgerErrors', { errors: format.integer(rowsInError), rows: format.integer(rowsIn) })}
        </h2>
        <p className="sum" data-rows-in={rowsIn} data-rows-ok={rowsOk} data-rows-error={rowsInError} data-rows-skipped={rowsSkipped}>
          {format.sentences(
            t('page.ledger', {
              rowsIn: format.integer(rowsIn),
              rowsOk: format.integer(rowsOk),
              rowsInError: format.integer(rowsInError),
              rowsSkipped: format.integer(rowsSkipped),
            }),
            rowsMerged > 0 ? t('page.merged', { total: format.integer(rowsMerged) }) : null,
          )}
        </p>
      </header>
      <Errors batch={batch} read={read} />
      <Noted batch={batch} read={read} />
      <Skipped batch={batch} read={read} />
      <Duplicates batch={batch} read={read} />
      <Hidden batch={batch} read={read} />
      <Export batch={batch} list={list} read={read} />
    </section>
  );
}
