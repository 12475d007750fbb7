/** The fleet: one card for each kind of machine, its further power modes one disclosure away. */
import { memo, useCallback } from 'react';
import { MACHINES } from '#app/features/catalogue/machines.ts';
import { Disclosure } from '#app/ui/disclosure.tsx';
import { useFieldError } from './figure-input.tsx';
import { sayPower } from './say-plan.ts';
import { sumFleet } from './to-plan-problem.ts';
import { useFormat, useTexts, type WhatIf } from './use-what-if.ts';
import { emptyRow, type FleetRow, type FormError, listClients, MAX_NAME_LENGTH, MAX_ROWS, rowFieldName } from './what-if-form.ts';

const CLIENT_LIST_ID = 'whatif-clients';
/** What a new row begins with. */
const NEW_ROW_COUNT = '10';
/** Names of the fields of a row. */
const ROW_FIELD = /^(?:m|n|c|lw|lt|hw|ht)\d+$/;
const MAKERS = [...new Set(MACHINES.map(({ maker }) => maker))];

/** The catalogue by maker. The same nodes for every row: a row that changes does not make the others render. */
const MachineOptions = memo(function MachineOptions({ chosen }: { chosen: string }) {
  const t = useTexts();
  const format = useFormat();
  const isKnown = chosen === '' || MACHINES.some(({ name }) => name === chosen);
  return (
    <>
      <option value="">{t('fleet.choose')}</option>
      {isKnown ? null : <option value={chosen}>{chosen}</option>}
      {MAKERS.map((maker) => (
        <optgroup key={maker} label={maker}>
          {MACHINES.filter((machine) => machine.maker === maker).map(({ name, hashrateThs, powerW }) => (
            <option key={name} value={name}>
              {`${name} · ${format.number(hashrateThs, Number.isInteger(hashrateThs) ? 0 : 1)} TH/s · ${format.integer(powerW)} W`}
            </option>
          ))}
        </optgroup>
      ))}
    </>
  );
});

type SmallInputProps = {
  name: string;
  label: string;
  text: string;
  onText: (text: string) => void;
  error: string | null;
  unit?: string;
  placeholder?: string;
  isNumber?: boolean;
  list?: string;
};

/** A labelled box without slider or range, for cards where several stand beside each other. */
export function SmallInput({ name, label, text, onText, error, unit, placeholder, isNumber = false, list }: SmallInputProps) {
  const id = `whatif-${name}`;
  return (
    <div className="small-field">
      <label htmlFor={id}>{label}</label>
      <div className={error ? 'box bad' : 'box'}>
        <input
          id={id}
          name={name}
          value={text}
          inputMode={isNumber ? 'decimal' : undefined}
          autoComplete="off"
          maxLength={MAX_NAME_LENGTH}
          placeholder={placeholder}
          list={list}
          onChange={(event) => onText(event.currentTarget.value)}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
        />
        {unit ? <span className="unit">{unit}</span> : null}
      </div>
      {error ? (
        <p className="hint bad" id={`${id}-error`} role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );
}

type RowProps = {
  row: FleetRow;
  index: number;
  isOnly: boolean;
  errors: FormError[];
  onChange: (index: number, part: Partial<FleetRow>) => void;
  onRemove: (index: number) => void;
};

function sayModes(t: ReturnType<typeof useTexts>, { lowW, lowThs, highW, highThs }: FleetRow): string {
  const parts = [
    ...(lowW !== '' || lowThs !== '' ? [t('fleet.modesLow', { w: lowW || '—', ths: lowThs || '—' })] : []),
    ...(highW !== '' || highThs !== '' ? [t('fleet.modesHigh', { w: highW || '—', ths: highThs || '—' })] : []),
  ];
  return parts.length === 0 ? t('fleet.modesNormal') : parts.join(' · ');
}

function Row({ row, index, isOnly, errors, onChange, onRemove }: RowProps) {
  const t = useTexts();
  const set = (field: keyof FleetRow) => (text: string) => onChange(index, { [field]: text });
  const name = (field: keyof FleetRow) => rowFieldName(index, field);
  const id = `whatif-${name('model')}`;
  const modelError = useFieldError({ errors }, name('model'));
  const errorOf = { count: useFieldError({ errors }, name('count')), lowW: useFieldError({ errors }, name('lowW')) };
  const lowThsError = useFieldError({ errors }, name('lowThs'));
  const highWError = useFieldError({ errors }, name('highW'));
  const highThsError = useFieldError({ errors }, name('highThs'));
  return (
    <li className="fleet-row">
      <div className="small-field">
        <label htmlFor={id}>{t('fleet.machine', { row: index + 1 })}</label>
        <div className={modelError ? 'box bad' : 'box'}>
          <select
            id={id}
            name={name('model')}
            value={row.model}
            onChange={(event) => set('model')(event.currentTarget.value)}
            aria-invalid={modelError ? true : undefined}
            aria-describedby={modelError ? `${id}-error` : undefined}
          >
            <MachineOptions chosen={row.model} />
          </select>
        </div>
        {modelError ? (
          <p className="hint bad" id={`${id}-error`} role="alert">
            {modelError}
          </p>
        ) : null}
      </div>
      <div className="fleet-pair">
        <SmallInput name={name('count')} label={t('fleet.count')} text={row.count} onText={set('count')} error={errorOf.count} isNumber />
        <SmallInput
          name={name('client')}
          label={t('fleet.client')}
          text={row.client}
          onText={set('client')}
          error={null}
          placeholder={t('fleet.clientNone')}
          list={CLIENT_LIST_ID}
        />
        {isOnly ? null : (
          <button
            type="button"
            className="btn sm scripted"
            onClick={() => onRemove(index)}
            aria-label={t('fleet.remove', { row: index + 1 })}
          >
            ×
          </button>
        )}
      </div>
      <details className="data">
        <summary>{`${t('fleet.modes')}: ${sayModes(t, row)}`}</summary>
        <div className="fleet-modes">
          <SmallInput
            name={name('lowW')}
            label={t('fleet.lowW')}
            text={row.lowW}
            onText={set('lowW')}
            error={errorOf.lowW}
            unit={t('unit.w')}
            isNumber
          />
          <SmallInput
            name={name('lowThs')}
            label={t('fleet.lowThs')}
            text={row.lowThs}
            onText={set('lowThs')}
            error={lowThsError}
            unit={t('unit.ths')}
            isNumber
          />
          <SmallInput
            name={name('highW')}
            label={t('fleet.highW')}
            text={row.highW}
            onText={set('highW')}
            error={highWError}
            unit={t('unit.w')}
            isNumber
          />
          <SmallInput
            name={name('highThs')}
            label={t('fleet.highThs')}
            text={row.highThs}
            onText={set('highThs')}
            error={highThsError}
            unit={t('unit.ths')}
            isNumber
          />
        </div>
      </details>
    </li>
  );
}

const FleetRowCard = memo(Row);

export function FleetPart({ whatIf }: { whatIf: WhatIf }) {
  const t = useTexts();
  const format = useFormat();
  const { form, errors, change } = whatIf;
  const changeRow = useCallback(
    (index: number, part: Partial<FleetRow>) =>
      change((current) => ({ rows: current.rows.map((row, place) => (place === index ? { ...row, ...part } : row)) })),
    [change],
  );
  const removeRow = useCallback(
    (index: number) => change((current) => ({ rows: current.rows.filter((_, place) => place !== index) })),
    [change],
  );
  const rows = form.rows.length === 0 ? [emptyRow()] : form.rows;
  const addFirst = (index: number, part: Partial<FleetRow>) =>
    form.rows.length === 0 ? change({ rows: [{ ...emptyRow(), ...part }] }) : changeRow(index, part);
  const { count, fullKw } = sumFleet(form.rows);
  const hasError = errors.some(({ field }) => ROW_FIELD.test(field));
  const summary = hasError ? (
    <span className="loss">{t('form.broken')}</span>
  ) : (
    t('fleet.sum', { count, n: format.integer(count), power: sayPower(format, fullKw) })
  );
  return (
    <Disclosure title={t('fleet.title')} summary={summary} open={hasError}>
      <ul className="fleet">
        {rows.map((row, index) => (
          <FleetRowCard
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity, and their fields are named by their place
            key={index}
            row={row}
            index={index}
            isOnly={rows.length === 1}
            errors={errors}
            onChange={addFirst}
            onRemove={removeRow}
          />
        ))}
        {form.rows.length < MAX_ROWS ? (
          <li className="noscript">
            <SpareRow index={rows.length} />
          </li>
        ) : null}
      </ul>
      <datalist id={CLIENT_LIST_ID}>
        {listClients(form.rows).map((client) => (
          <option key={client} value={client} />
        ))}
      </datalist>
      {form.rows.length < MAX_ROWS ? (
        <button
          type="button"
          className="btn sm scripted start"
          onClick={() => change((current) => ({ rows: [...current.rows, { ...emptyRow(), count: NEW_ROW_COUNT }] }))}
        >
          {t('fleet.add')}
        </button>
      ) : (
        <p className="small dim">{t('fleet.full', { max: MAX_ROWS })}</p>
      )}
      <p className="small dim">{t('fleet.modesNote')}</p>
    </Disclosure>
  );
}

/** Without script nothing can add a row: an empty one stands ready, and counts only once it is filled in. */
function SpareRow({ index }: { index: number }) {
  const t = useTexts();
  return (
    <div className="fleet-row">
      <label htmlFor="whatif-spare">{t('fleet.add')}</label>
      <div className="box">
        <select id="whatif-spare" name={rowFieldName(index, 'model')} defaultValue="">
          <MachineOptions chosen="" />
        </select>
      </div>
      <div className="fleet-pair">
        <label>
          {t('fleet.count')} <input name={rowFieldName(index, 'count')} inputMode="numeric" />
        </label>
        <label>
          {t('fleet.client')} <input name={rowFieldName(index, 'client')} />
        </label>
      </div>
    </div>
  );
}
