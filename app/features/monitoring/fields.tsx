/** Fields of this room's forms: plain inputs that work without script, each with what is wrong with it beside it. */
import { type ReactNode, useId } from 'react';
import type { FormFault } from './form-fault.ts';

type Common = { name: string; label: string; form?: string; value?: string; faults?: readonly FormFault[]; hint?: ReactNode };

export type TextFieldProps = Common & {
  type?: 'text' | 'date' | 'search' | 'month';
  unit?: string;
  isNumber?: boolean;
  isRequired?: boolean;
  list?: string;
  maxLength?: number;
};

export function TextField({
  name,
  label,
  form,
  value = '',
  faults = [],
  hint,
  type = 'text',
  unit,
  isNumber,
  isRequired,
  list,
  maxLength,
}: TextFieldProps) {
  const id = useId();
  const fault = faults.find(({ field }) => field === name);
  const described = [unit === undefined ? null : `${id}-unit`, fault || hint ? `${id}-hint` : null].filter((one) => one !== null).join(' ');
  return (
    <div className="field one">
      <label htmlFor={id}>{label}</label>
      <div className={fault ? 'box bad' : 'box'}>
        <input
          id={id}
          name={name}
          form={form}
          type={type}
          defaultValue={value}
          inputMode={isNumber ? 'decimal' : undefined}
          required={isRequired}
          autoComplete="off"
          list={list}
          maxLength={maxLength}
          aria-invalid={fault ? true : undefined}
          aria-describedby={described === '' ? undefined : described}
        />
        {unit === undefined ? null : (
          <span className="unit" id={`${id}-unit`}>
            {unit}
          </span>
        )}
      </div>
      <Hint id={`${id}-hint`} fault={fault} hint={hint} />
    </div>
  );
}

export function SelectField({ name, label, form, value = '', faults = [], hint, children }: Common & { children: ReactNode }) {
  const id = useId();
  const fault = faults.find(({ field }) => field === name);
  return (
    <div className="field one">
      <label htmlFor={id}>{label}</label>
      <div className={fault ? 'box bad' : 'box'}>
        <select
          id={id}
          name={name}
          form={form}
          defaultValue={value}
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault || hint ? `${id}-hint` : undefined}
        >
          {children}
        </select>
      </div>
      <Hint id={`${id}-hint`} fault={fault} hint={hint} />
    </div>
  );
}

function Hint({ id, fault, hint }: { id: string; fault: FormFault | undefined; hint: ReactNode }) {
  if (fault === undefined && (hint === undefined || hint === null)) return null;
  return (
    <div className={fault ? 'hint bad' : 'hint'} id={id}>
      {fault ? <span role="alert">{fault.message}</span> : <span>{hint}</span>}
    </div>
  );
}

/** Faults that no field of the form shows, above it. */
export function OtherFaults({ faults, shown }: { faults: readonly FormFault[]; shown: readonly string[] }) {
  const others = faults.filter(({ field }) => !shown.includes(field));
  if (others.length === 0) return null;
  return (
    <div className="note bad" role="alert">
      <ul>
        {others.map(({ field, message }) => (
          <li key={`${field} ${message}`}>
            {field === '' ? null : <b>{field}: </b>}
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
