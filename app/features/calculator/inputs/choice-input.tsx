/** One of a few values, as a list of the browser: works without script and reads well on a phone. */
import { useId } from 'react';
import { useCalculator, useCalculatorTexts, useFieldError, useSelected } from '#app/features/calculator/use-calculator.ts';
import { CHOICES } from './calculator-form.ts';

export function ChoiceInput({ name }: { name: 'payout' | 'off' }) {
  const t = useCalculatorTexts();
  const { store } = useCalculator();
  const id = useId();
  const hintId = `${id}-hint`;
  const value = useSelected((state) => state.form[name]);
  const error = useFieldError(name);
  return (
    <div className="field one">
      <label htmlFor={id}>{t(`field.${name}.label`)}</label>
      <div className={error ? 'box bad' : 'box'}>
        <select
          id={id}
          name={name}
          value={value}
          onChange={(event) => store.setField(name, event.currentTarget.value)}
          aria-describedby={hintId}
          aria-invalid={error ? true : undefined}
        >
          {CHOICES[name].map((choice) => (
            <option key={choice} value={choice}>
              {choice === 'yes' || choice === 'no' ? t(`field.off.${choice}`) : choice}
            </option>
          ))}
        </select>
      </div>
      <div className={error ? 'hint bad' : 'hint'} id={hintId}>
        {error ? <span role="alert">{error}</span> : <span>{t(`field.${name}.meaning`)}</span>}
      </div>
    </div>
  );
}
