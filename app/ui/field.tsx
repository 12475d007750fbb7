// One number a person may set: a box to type in, a slider beside it for the usual part of the range, and what is allowed.
// The box is what is submitted and what counts; the slider only writes into it. Knows nothing of what the number means.
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';

/** The part of the range the slider covers; the box takes the whole range. */
export type SliderRange = { min: number; max: number; step: number };

export type NumberFieldProps = {
  name: string;
  /** Id of the form the box belongs to, where it stands outside of it. */
  form?: string;
  label: string;
  /** As typed; may be what cannot be read. */
  text: string;
  onText: (text: string) => void;
  /** The slider's place; `null` when the text cannot be read: the slider then rests at its lower end. */
  value?: number | null;
  slider?: SliderRange;
  onSlide?: (value: number) => void;
  prefix?: string;
  unit?: string;
  /** What counts while the box is empty, in grey. */
  placeholder?: string;
  /** Left and right of the line below: the range, and the default or where the value comes from. */
  range?: ReactNode;
  standard?: ReactNode;
  /** What the field means, for whoever needs it. */
  meaning?: ReactNode;
  /** What is wrong and what to do; stands in place of the range. */
  error?: string | null;
};

export function NumberField(props: NumberFieldProps) {
  const { name, form, label, text, onText, value, slider, onSlide, prefix, unit, placeholder, range, standard, meaning, error } = props;
  const { t } = useTranslation('frame');
  const id = useId();
  const hintId = `${id}-hint`;
  const unitId = `${id}-unit`;
  const hasUnit = Boolean(prefix || unit);
  return (
    <div className={slider ? 'field' : 'field one'}>
      <label htmlFor={id}>{label}</label>
      {slider ? (
        <input
          type="range"
          min={slider.min}
          max={slider.max}
          step={slider.step}
          value={Math.min(Math.max(value ?? slider.min, slider.min), slider.max)}
          onChange={(event) => onSlide?.(event.currentTarget.valueAsNumber)}
          aria-label={t('field.slider', { label })}
          aria-valuetext={[prefix, text, unit].filter(Boolean).join(' ')}
        />
      ) : null}
      <div className={error ? 'box bad' : 'box'}>
        {prefix ? (
          <span className="pre" aria-hidden="true">
            {prefix}
          </span>
        ) : null}
        <input
          id={id}
          name={name}
          form={form}
          inputMode="decimal"
          autoComplete="off"
          value={text}
          placeholder={placeholder}
          onChange={(event) => onText(event.currentTarget.value)}
          aria-describedby={hasUnit ? `${unitId} ${hintId}` : hintId}
          aria-invalid={error ? true : undefined}
        />
        {unit ? (
          <span className="unit" aria-hidden="true">
            {unit}
          </span>
        ) : null}
      </div>
      {hasUnit ? (
        <span className="vh" id={unitId}>
          {[prefix, unit].filter(Boolean).join(' ')}
        </span>
      ) : null}
      <div className={error ? 'hint bad' : 'hint'} id={hintId}>
        {error ? (
          <span role="alert">{error}</span>
        ) : (
          <>
            <span>{range}</span>
            <span>{standard}</span>
          </>
        )}
      </div>
      {meaning ? <p className="hint meaning">{meaning}</p> : null}
    </div>
  );
}
