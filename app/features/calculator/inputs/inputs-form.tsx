/**
 * The inputs: the few that everybody knows, and all others one disclosure away, each with its default and meaning. A plain GET form
 * whose names are those of the URL, so that it works before and without script.
 */
import { type FormEvent, memo, type ReactNode, type RefObject } from 'react';
import { type EngineState, useCalculator, useCalculatorTexts, useFormat, useSelected } from '#app/features/calculator/use-calculator.ts';
import { PATHS } from '#app/paths.ts';
import { Disclosure } from '#app/ui/disclosure.tsx';
import { Segmented } from '#app/ui/segmented.tsx';
import { type CalculatorForm, defaultText, type FormFieldName, type NumberFieldName } from './calculator-form.ts';
import { TYPED_IN, WITHOUT_SCRIPT } from './calculator-url.ts';
import { ChoiceInput } from './choice-input.tsx';
import { MachineField } from './machine-field.tsx';
import { MarketInputs } from './market-inputs.tsx';
import { NumberInput } from './number-input.tsx';

export const FORM_ID = 'calculator';

function ViewSwitch() {
  const t = useCalculatorTexts();
  const { store } = useCalculator();
  const view = useSelected((state) => state.form.view);
  return (
    <Segmented
      name="view"
      legend={t('form.view')}
      value={view}
      onSelect={(value) => store.setField('view', value)}
      options={[
        { value: 'own', label: t('form.own') },
        { value: 'client', label: t('form.client') },
        { value: 'host', label: t('form.host') },
      ]}
    />
  );
}

function CurrencySwitch() {
  const t = useCalculatorTexts();
  const format = useFormat();
  const { store, page } = useCalculator();
  const currency = useSelected((state) => state.form.currency);
  const typedRate = useSelected((state) => state.form.rate);
  const { value, source, sourceUrl, at } = page.market.cnyPerUsd;
  const rate = value === null ? null : format.number(value, 4);
  const text =
    typedRate !== ''
      ? t('form.rateTyped', { rate: typedRate })
      : rate === null
        ? t('form.rateUnknown')
        : t('form.rate', { rate, source, date: format.date(at) });
  return (
    <div className="currency">
      <Segmented
        name="currency"
        legend={t('form.currency')}
        value={currency}
        onSelect={store.setCurrency}
        options={[
          { value: 'usd', label: t('form.usd') },
          { value: 'cny', label: t('form.cny') },
        ]}
        compact
      />
      <span className="small dim">
        {typedRate === '' && sourceUrl !== null ? (
          <a href={sourceUrl} rel="noreferrer">
            {text}
          </a>
        ) : (
          text
        )}
      </span>
    </div>
  );
}

/** A group starts open when something in it was changed or is wrong, so that nothing stays hidden after a reload. */
function useStartsOpen(names: readonly FormFieldName[]): boolean {
  const { page } = useCalculator();
  return names.some(
    (name) => page.form[name] !== defaultText(name, page.form.currency) || page.errors.some((error) => error.name === name),
  );
}

type GroupProps = { names: readonly FormFieldName[]; title: string; say: (form: CalculatorForm) => string; children: ReactNode };

function Group({ names, title, say, children }: GroupProps) {
  const t = useCalculatorTexts();
  const isBroken = useSelected((state) => state.errors.some((error) => names.includes(error.name)));
  const summary = useSelected((state) => say(state.form));
  const open = useStartsOpen(names);
  return (
    <Disclosure title={title} summary={isBroken ? <span className="loss">{t('group.broken')}</span> : summary} open={open}>
      {children}
    </Disclosure>
  );
}

const PATH_NAMES = ['growth', 'rise', 'months'] as const;
const OPERATION_NAMES = ['pool', 'payout', 'uptime', 'decay', 'pue', 'off'] as const;
const MONEY_NAMES = ['discount', 'residual', 'held', 'upkeep'] as const;
const HOSTING_NAMES = ['client', 'hosting', 'build'] as const;

function Groups() {
  const t = useCalculatorTexts();
  const percent = (text: string) => `${text === '' ? '—' : text} %`;
  const money = (form: CalculatorForm, name: NumberFieldName) =>
    `${form.currency === 'cny' ? '¥' : '$'}${form[name] === '' ? '—' : form[name]}`;
  return (
    <div className="groups">
      <Group
        names={PATH_NAMES}
        title={t('group.path.title')}
        say={(form) => t('group.path.summary', { growth: signed(form.growth), rise: signed(form.rise), months: form.months })}
      >
        {PATH_NAMES.map((name) => (
          <NumberInput key={name} name={name} withMeaning />
        ))}
      </Group>
      <Group
        names={OPERATION_NAMES}
        title={t('group.operation.title')}
        say={(form) =>
          t('group.operation.summary', {
            pool: percent(form.pool),
            payout: form.payout,
            uptime: percent(form.uptime),
            decay: percent(form.decay),
            pue: form.pue,
          })
        }
      >
        <NumberInput name="pool" withMeaning />
        <ChoiceInput name="payout" />
        <NumberInput name="uptime" withMeaning />
        <NumberInput name="decay" withMeaning />
        <NumberInput name="pue" withMeaning />
        <ChoiceInput name="off" />
      </Group>
      <Group
        names={MONEY_NAMES}
        title={t('group.money.title')}
        say={(form) =>
          t('group.money.summary', {
            discount: percent(form.discount),
            residual: money(form, 'residual'),
            held: percent(form.held),
            upkeep: money(form, 'upkeep'),
          })
        }
      >
        {MONEY_NAMES.map((name) => (
          <NumberInput key={name} name={name} withMeaning />
        ))}
      </Group>
      <Group
        names={HOSTING_NAMES}
        title={t('group.hosting.title')}
        say={(form) =>
          form.client.trim() === ''
            ? t('group.hosting.none')
            : t('group.hosting.summary', { client: money(form, 'client'), hosting: money(form, 'hosting') })
        }
      >
        <NumberInput name="client" withMeaning standard={t('field.client.example')} />
        <NumberInput name="hosting" withMeaning />
        <NumberInput name="build" withMeaning />
      </Group>
      <MarketInputs />
    </div>
  );
}

function signed(text: string): string {
  const plain = text.trim();
  return `${/^[\d.]/.test(plain) && Number(plain) > 0 ? '+' : ''}${plain === '' ? '—' : plain} %`;
}

function PriceInput() {
  const t = useCalculatorTexts();
  const format = useFormat();
  const { value } = useCalculator().page.market.priceUsdPerBtc;
  return (
    <NumberInput
      name="price"
      emptyValue={value}
      standard={value === null ? t('marketField.unknown') : t('field.price.live', { value: format.usd(value, 0) })}
    />
  );
}

export type InputsFormProps = { formRef: RefObject<HTMLFormElement>; engineState: EngineState; language: string | null };

export const InputsForm = memo(function InputsForm({ formRef, engineState, language }: InputsFormProps) {
  const t = useCalculatorTexts();
  const typedIn = useSelected((state) => state.form.currency);

  function handleSubmit(event: FormEvent<HTMLFormElement>): void {
    // The answer is already on the screen; only without the engine the server has to compute it.
    if (engineState === 'ready') event.preventDefault();
  }

  return (
    <form
      id={FORM_ID}
      className="in sheet scrolls"
      action={PATHS.calculator}
      method="get"
      aria-label={t('form.label')}
      ref={formRef}
      onSubmit={handleSubmit}
    >
      <ViewSwitch />
      <MachineField />
      <NumberInput name="power" />
      <PriceInput />
      <NumberInput name="capex" standard={t('field.capex.example')} />
      <NumberInput name="count" />
      <CurrencySwitch />
      <Groups />
      <input type="hidden" name={TYPED_IN} value={typedIn} />
      {language === null ? null : <input type="hidden" name="lng" value={language} />}
      <noscript>
        <input type="hidden" name={WITHOUT_SCRIPT} value="1" />
      </noscript>
      <div className={engineState === 'failed' ? 'submit' : 'submit noscript'}>
        <button type="submit" className="btn main">
          {t('form.submit')}
        </button>
        <p className="small dim noscript">{t('form.privateServer')}</p>
      </div>
      <p className="small dim scripted">{t('form.private')}</p>
    </form>
  );
});
