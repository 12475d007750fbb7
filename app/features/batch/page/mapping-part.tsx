/** What was understood of the columns, in which unit and how that is known; what is doubtful asks, and everything can be said otherwise. */
import { useId } from 'react';
import { BATCH_FIELDS, type BatchField, isTextField } from '../mapping/batch-field.ts';
import { unitsOf } from '../mapping/field-units.ts';
import type { ColumnMapping, Question } from '../mapping/mapping.ts';
import type { Unit } from '../mapping/units.ts';
import { sayColumn } from '../rows/say-row-error.ts';
import { ScenarioInput } from './scenario-part.tsx';
import { type Batch, type OpenList, type Texts, useTexts } from './use-batch.ts';

const NOT_USED = '';

function sayQuestion(t: Texts, column: ColumnMapping, question: Question): string {
  const field = column.field === null ? '' : t(`field.${column.field}`);
  switch (question.kind) {
    case 'field':
    case 'meaning':
    case 'quantity':
      return t(`question.${question.kind}`, { field });
    case 'unusual':
      return t('question.unusual', { unit: t(`unit.${question.units[0]!}`) });
    case 'unit_unknown':
      return t('question.unit_unknown', { text: question.text });
    case 'decimal_mark':
      return t('question.decimal_mark', { example: question.example });
    default:
      return t(`question.${question.kind}`);
  }
}

function Questions({ batch, column }: { batch: Batch; column: ColumnMapping }) {
  const t = useTexts();
  const confirm = () =>
    // What it is, and nothing else: its unit may be asked as well.
    batch.correct({ column: column.column, field: column.field });
  return (
    <ul className="questions">
      {column.questions.map((question) => (
        <li key={question.kind}>
          <p>{sayQuestion(t, column, question)}</p>
          {question.kind === 'rate' ? (
            <ScenarioInput batch={batch} name="rate" />
          ) : question.kind === 'decimal_mark' ? (
            <p className="acts">
              <button type="button" className="btn sm" onClick={() => batch.correct({ column: column.column, decimalMark: ',' })}>
                {t('page.decimalComma')}
              </button>
              <button type="button" className="btn sm" onClick={() => batch.correct({ column: column.column, decimalMark: '.' })}>
                {t('page.thousandsComma')}
              </button>
            </p>
          ) : question.kind === 'unit' || question.kind === 'unusual' || question.kind === 'unit_unknown' ? (
            <p className="acts">
              {question.units.map((unit) => (
                <button key={unit} type="button" className="btn sm" onClick={() => batch.correct({ column: column.column, unit })}>
                  {t(`unit.${unit}`)}
                </button>
              ))}
              {question.kind === 'unit_unknown' ? (
                <button type="button" className="btn sm" onClick={() => batch.correct({ column: column.column, field: null })}>
                  {t('page.notUsed')}
                </button>
              ) : null}
            </p>
          ) : (
            <p className="acts">
              <button type="button" className="btn sm" onClick={confirm}>
                {t('page.yes')}
              </button>
              <button type="button" className="btn sm" onClick={() => batch.correct({ column: column.column, field: null })}>
                {t('page.notUsed')}
              </button>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function ColumnRow({ batch, column }: { batch: Batch; column: ColumnMapping }) {
  const t = useTexts();
  const id = useId();
  const { field, unit } = column;
  const units = field === null || isTextField(field) ? [] : unitsOf(field);
  return (
    <tr className={column.questions.length > 0 ? 'asks' : undefined}>
      <th scope="row" id={id}>
        {sayColumn(column, { t, format: batch.format })}
        <small>{column.examples.join(' · ')}</small>
      </th>
      <td data-l={t('page.meaning')}>
        <span className="box">
          <select
            aria-labelledby={id}
            value={field ?? NOT_USED}
            onChange={(event) => {
              const next = event.currentTarget.value;
              batch.correct({ column: column.column, field: next === NOT_USED ? null : (next as BatchField) });
            }}
          >
            <option value={NOT_USED}>{t('page.notUsed')}</option>
            {BATCH_FIELDS.map((name) => (
              <option key={name} value={name}>
                {t(`field.${name}`)}
              </option>
            ))}
          </select>
        </span>
      </td>
      <td data-l={t('page.unit')}>
        {units.length < 2 ? (
          <span className="dim">{unit === null ? '' : t(`unit.${unit}`)}</span>
        ) : (
          <span className="box">
            <select
              aria-label={t('page.unitOf', { column: sayColumn(column, { t, format: batch.format }) })}
              value={unit ?? ''}
              onChange={(event) => batch.correct({ column: column.column, unit: event.currentTarget.value as Unit })}
            >
              {units.map((name) => (
                <option key={name} value={name}>
                  {t(`unit.${name}`)}
                </option>
              ))}
            </select>
          </span>
        )}
      </td>
      <td className="dim" data-l={t('page.known')}>
        {t(`inference.${column.inferredFrom}`)}
        {field === null ? null : <small>{t('page.confidence', { share: batch.format.percent(column.confidence, 0) })}</small>}
      </td>
      <td className="all">{column.questions.length > 0 ? <Questions batch={batch} column={column} /> : null}</td>
    </tr>
  );
}

function Table({ batch, list }: { batch: Batch; list: OpenList }) {
  const t = useTexts();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="tw mapping" tabIndex={0} aria-label={t('page.mapping')}>
      <table className="t cards">
        <thead>
          <tr>
            <th scope="col">{t('page.columnInFile')}</th>
            <th scope="col">{t('page.meaning')}</th>
            <th scope="col">{t('page.unit')}</th>
            <th scope="col">{t('page.known')}</th>
            <th scope="col">{t('page.toSay')}</th>
          </tr>
        </thead>
        <tbody>
          {list.mapping.columns.map((column) => (
            <ColumnRow key={column.column} batch={batch} column={column} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const NO_HEADER = '';

/** Which row is the header, when the guess was wrong. */
function HeaderChoice({ batch, list }: { batch: Batch; list: OpenList }) {
  const t = useTexts();
  const { mapping, firstRows } = list;
  const { format, chooseHeader, progress } = batch;
  return (
    <label className="inline-select header-choice">
      <span className="dim">{t('page.headerRow')}</span>
      <span className="box">
        <select
          value={mapping.headerRow ?? NO_HEADER}
          disabled={progress !== null}
          onChange={(event) => {
            const next = event.currentTarget.value;
            chooseHeader(next === NO_HEADER ? null : Number(next));
          }}
        >
          <option value={NO_HEADER}>{t('page.noHeader')}</option>
          {firstRows.map(({ row, text }) => (
            <option key={row} value={row}>
              {t('page.headerRowOption', { row: format.integer(row), text })}
            </option>
          ))}
        </select>
      </span>
    </label>
  );
}

/** What no column says and nobody has given. */
function Missing({ batch }: { batch: Batch }) {
  const t = useTexts();
  const { missing, format } = batch;
  if (missing.length === 0) return null;
  const others = missing.filter((name) => name !== 'powerUsdPerKwh');
  return (
    <div className="note">
      <div className="missing">
        {others.length > 0 ? <p>{t('page.missing', { fields: format.list(others.map((name) => t(`field.${name}`))) })}</p> : null}
        {missing.includes('powerUsdPerKwh') ? (
          <>
            <p>{t('page.missingPower')}</p>
            <ScenarioInput batch={batch} name="power" />
          </>
        ) : null}
      </div>
    </div>
  );
}

/** "Power price $/kWh, Hash rate TH/s": what every figure was read in, also while the table is folded. */
function sayUnits(t: Texts, list: OpenList, format: Batch['format']): string {
  const { columns } = list.mapping;
  return format.list(
    columns.flatMap(({ field, unit }) =>
      field === null || unit === null || unit === 'machines' ? [] : [`${t(`field.${field}`)} ${t(`unit.${unit}`)}`],
    ),
  );
}

export function MappingPart({ batch, list }: { batch: Batch; list: OpenList }) {
  const t = useTexts();
  const { read, isAsking, missing, format, progress } = batch;
  const used = list.mapping.columns.filter(({ field }) => field !== null).length;
  // A unit that contradicts the header is not taken by one word for the whole table.
  const hasUnknownUnit = list.mapping.columns.some(({ questions }) => questions.some(({ kind }) => kind === 'unit_unknown'));
  const summary = t('page.mappingSummary', { used: format.integer(used), all: format.integer(list.mapping.columns.length) });
  if (read !== null && !isAsking && missing.length === 0) {
    return (
      <details className="data">
        <summary>
          {summary}
          <small className="dim units"> {sayUnits(t, list, format)}</small>
        </summary>
        <HeaderChoice batch={batch} list={list} />
        <Table batch={batch} list={list} />
        <p className="acts">
          <button type="button" className="btn sm" onClick={batch.acceptMapping}>
            {t('page.remember')}
          </button>
        </p>
      </details>
    );
  }
  return (
    <section className="sec">
      <header>
        <h2>{isAsking ? t('page.mappingAsks') : t('page.mapping')}</h2>
        <p className="small">{summary}</p>
      </header>
      <Missing batch={batch} />
      <HeaderChoice batch={batch} list={list} />
      <Table batch={batch} list={list} />
      <p className="acts">
        <button
          type="button"
          className="btn main"
          disabled={missing.length > 0 || hasUnknownUnit || progress !== null}
          onClick={batch.acceptMapping}
        >
          {t(isAsking ? 'page.acceptAsked' : 'page.accept')}
        </button>
      </p>
      <p className="small dim">{t('page.rememberNote')}</p>
    </section>
  );
}
