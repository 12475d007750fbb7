/** The market's figures as inputs: each stands at the market's value until somebody types another, and says where that came from. */
import { memo, useCallback, useId } from 'react';
import { useCalculator, useCalculatorTexts, useFieldError, useFormat, useSelected } from '#app/features/calculator/use-calculator.ts';
import type { MarketFigureName } from '#app/features/market/snapshot.ts';
import { Disclosure } from '#app/ui/disclosure.tsx';
import { NUMBER_FIELDS } from './calculator-form.ts';
import { toHuman } from './human-units.ts';
import { NumberInput } from './number-input.tsx';
import { formatLimit } from './say-error.ts';
import { isPinned, unpinMarket } from './share-link.ts';

const FIGURES = [
  { name: 'difficulty', figure: 'difficulty' },
  { name: 'height', figure: 'height' },
  { name: 'fees', figure: 'feesBtcPerBlock' },
  { name: 'network', figure: 'networkHashrateThs' },
  { name: 'epoch', figure: 'epochElapsedS' },
  { name: 'rate', figure: 'cnyPerUsd' },
] as const satisfies readonly { name: keyof typeof NUMBER_FIELDS; figure: MarketFigureName }[];

type FieldName = (typeof FIGURES)[number]['name'];

function isMarketField(name: string): boolean {
  return name === 'start' || FIGURES.some((figure) => figure.name === name);
}

const MarketInput = memo(function MarketInput({ name, figure }: { name: FieldName; figure: MarketFigureName }) {
  const t = useCalculatorTexts();
  const format = useFormat();
  const { value, at } = useCalculator().page.market[figure];
  const isDerivable = name === 'network' || name === 'epoch';
  const human = value === null ? null : toHuman(NUMBER_FIELDS[name].unit, value, 1);
  const shown = human === null ? null : formatLimit(format, human);
  const standard =
    shown === null
      ? t(isDerivable ? 'marketField.derived' : 'marketField.unknown')
      : at === null
        ? t('marketField.from', { value: shown })
        : t('marketField.dated', { value: shown, date: format.date(at) });
  return <NumberInput name={name} emptyValue={human} standard={standard} withMeaning />;
});

function StartInput() {
  const t = useCalculatorTexts();
  const { store } = useCalculator();
  const id = useId();
  const value = useSelected((state) => state.form.start);
  const error = useFieldError('start');
  return (
    <div className="field one">
      <label htmlFor={id}>{t('field.start.label')}</label>
      <div className={error ? 'box bad' : 'box'}>
        <input
          id={id}
          name="start"
          value={value}
          placeholder={t('field.start.placeholder')}
          autoComplete="off"
          aria-describedby={`${id}-hint`}
          aria-invalid={error ? true : undefined}
          onChange={(event) => store.setField('start', event.currentTarget.value)}
        />
      </div>
      <div className={error ? 'hint bad' : 'hint'} id={`${id}-hint`}>
        {error ? <span role="alert">{error}</span> : <span>{t('field.start.meaning')}</span>}
      </div>
    </div>
  );
}

export function MarketInputs() {
  const t = useCalculatorTexts();
  const { store, page } = useCalculator();
  const isTyped = useSelected((state) => isPinned(state.form));
  const isBroken = useSelected((state) => state.errors.some((error) => isMarketField(error.name)));
  const startsOpen = page.errors.some((error) => isMarketField(error.name));
  const unpin = useCallback(() => store.replaceForm(unpinMarket(store.getState().form)), [store]);
  const summary = isBroken ? (
    <span className="loss">{t('group.broken')}</span>
  ) : (
    t(isTyped ? 'group.market.pinned' : 'group.market.summary')
  );
  return (
    <Disclosure title={t('group.market.title')} summary={summary} open={startsOpen}>
      {isTyped ? (
        <button type="button" className="btn sm scripted" onClick={unpin}>
          {t('group.market.unpin')}
        </button>
      ) : null}
      {FIGURES.map(({ name, figure }) => (
        <MarketInput key={name} name={name} figure={figure} />
      ))}
      <StartInput />
    </Disclosure>
  );
}
