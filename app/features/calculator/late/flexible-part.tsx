/** Flexible power: what the machine earns when it follows an hourly price. Fetched when it is first seen. */
import { useTranslation } from 'react-i18next';
import { type Answer, toOwnerInputs } from '#app/features/calculator/answer/compute-answer.ts';
import { sayMapScope } from '#app/features/calculator/answer/say-finding.ts';
import { type CalculatorForm, defaultText, type FormError } from '#app/features/calculator/inputs/calculator-form.ts';
import { FORM_ID } from '#app/features/calculator/inputs/inputs-form.tsx';
import { PartNumberInput } from '#app/features/calculator/inputs/part-number-input.tsx';
import { createSay, useCalculator, useCalculatorTexts, useFormat, useSelected } from '#app/features/calculator/use-calculator.ts';
import { type FlatSide, FlexibleFigures, WaysTable } from '#app/features/flexible-power/flexible-figures.tsx';
import { findFlexibleFinding } from '#app/features/flexible-power/flexible-finding.ts';
import { type SayFlexible, sayFlexibleFinding, sayShape } from '#app/features/flexible-power/flexible-words.ts';
import { HoursOff } from '#app/features/flexible-power/hours-off-view.tsx';
import { OwnCurveInput } from '#app/features/flexible-power/own-curve-input.tsx';
import { useSaySources } from '#app/features/market/source-name.tsx';
import { StoredCurvePicker } from '#app/features/power-prices/stored-curve-picker.tsx';
import { createAmounts } from '#app/ui/amounts.ts';
import { Segmented } from '#app/ui/segmented.tsx';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import { type FirstFlexible, type FlexibleState, type ShownFlexible, useFlexible } from './use-flexible.ts';

/** The page's own projection at the flat price, seen by the machine's owner. */
function toFlatSide(answer: Answer): FlatSide {
  const summary = answer.view === 'host' && answer.hosting !== null ? answer.hosting.client.summary : answer.projection;
  const { npvUsd, roiRatio, paybackMonths } = summary;
  return { npvUsd, roiRatio, paybackMonths, powerUsdPerKwh: toOwnerInputs(answer).powerUsdPerKwh };
}

function sayCurve(
  { t, format }: SayFlexible,
  { flexible, curve, answer: { startMs } }: ShownFlexible,
  sample: FlexibleState['sample'],
  saySources: (source: string) => string,
): string {
  const named =
    curve === 'own' || sample === null
      ? t('curve.own', { shape: sayShape({ t, format }, flexible.shape) })
      : t('curve.sample', { year: String(new Date(sample.startAtMs).getUTCFullYear()), source: saySources(sample.source) });
  if (flexible.shape.kind === 'everyMonth') return named;
  const start =
    flexible.shape.kind === 'twelfths'
      ? t('curve.startPart', { part: format.integer(flexible.firstPart + 1) })
      : t('curve.startSeason', { date: format.date(new Date(startMs)) });
  return format.sentences(named, start);
}

function Results({ shown, sample }: { shown: ShownFlexible; sample: FlexibleState['sample'] }) {
  const { t } = useTranslation('flexible-power');
  const texts = useCalculatorTexts();
  const format = useFormat();
  const { flexible, answer } = shown;
  const say = { t, format, amounts: createAmounts(format, answer) };
  const flat = toFlatSide(answer);
  const saySources = useSaySources();
  return (
    <>
      <header className="hold">
        <h2>{sayFlexibleFinding(say, findFlexibleFinding(flexible))}</h2>
        <p className="small">
          {t('sub', { scope: sayMapScope(createSay(texts, format, answer), answer), curve: sayCurve(say, shown, sample, saySources) })}
        </p>
      </header>
      <FlexibleFigures say={say} answer={flexible} flat={flat} />
      <div className="two">
        <div>
          <HoursOff say={say} months={flexible.months} />
        </div>
        <div>
          <WaysTable say={say} answer={flexible} flat={flat} />
          <p className="small mute">{t('foresight')}</p>
        </div>
      </div>
    </>
  );
}

const UNITS = { adder: 'perKwh', restart: null, boot: 'minutes' } as const;
const INPUTS = ['adder', 'restart', 'boot'] as const;

function Inputs({ state, errors }: { state: FlexibleState; errors: readonly FormError[] }) {
  const { t } = useTranslation('flexible-power');
  const format = useFormat();
  const { store } = useCalculator();
  const chosen = useSelected((current) => current.form.curve);
  const currency = useSelected((current) => current.form.currency);
  const rate = state.answer?.moneyPerUsd ?? 1;
  const amounts = createAmounts(format, { currency, moneyPerUsd: rate });
  // Whoever changes a figure of this part asks for it: the address then brings it back.
  const ask = (changes: Partial<CalculatorForm>) => {
    const { form } = store.getState();
    store.replaceForm({ ...form, curve: form.curve === '' ? 'sample' : form.curve, ...changes });
  };
  return (
    <div className="flexible-inputs">
      <h3>{t('input.title')}</h3>
      <Segmented
        name="curve"
        form={FORM_ID}
        legend={t('input.choose')}
        value={chosen === 'own' ? 'own' : 'sample'}
        onSelect={(curve) => ask({ curve })}
        options={[
          { value: 'sample', label: t('input.sample') },
          { value: 'own', label: t('input.own') },
        ]}
        compact
      />
      {state.curve === 'own' ? (
        <StoredCurvePicker onText={(text, fileName) => state.own.setCurve({ text, unit: 'usdPerMwh', fileName })} />
      ) : null}
      {state.curve === 'own' ? (
        <OwnCurveInput
          curve={state.own.curve}
          onCurve={state.own.setCurve}
          read={state.own.read}
          isKept={state.own.isKept}
          sayMean={amounts.roundedPowerPrice}
        />
      ) : null}
      <div className="part-fields">
        {INPUTS.map((name) => (
          <PartNumberInput
            key={name}
            name={name}
            label={t(`input.${name}`)}
            meaning={t(`input.${name}Meaning`)}
            unit={UNITS[name] === null ? undefined : t(`input.${UNITS[name]}`)}
            standard={t('input.default', { value: defaultText(name, currency) })}
            errors={errors}
            moneyPerUsd={rate}
            onText={(text) => ask({ [name]: text })}
          />
        ))}
      </div>
    </div>
  );
}

function Notice({ state }: { state: FlexibleState }) {
  const { t } = useTranslation('flexible-power');
  const { progress, shown } = state;
  if (progress === 'ready') return null;
  if (progress === 'failed' || progress === 'engineFailed' || progress === 'invalid') {
    return (
      <p className="stale-note" role="alert">
        {t(progress)}
        {shown === null ? null : <SentenceGap />}
        {shown === null ? null : t('outdated')}
      </p>
    );
  }
  if (shown !== null) return null;
  const isNowhere = progress === 'waiting' && state.curve === 'own' && state.own.read.kind === 'none';
  return (
    <header>
      <h2>{t('finding.none')}</h2>
      <p className="small">{t(progress === 'loading' ? 'loading' : isNowhere ? 'input.notHere' : 'subNone')}</p>
    </header>
  );
}

/** `first`: what the server sent; `null` when it was not asked. */
export function FlexiblePart({ first }: { first: FirstFlexible | null }) {
  const state = useFlexible(first);
  if (state.answer === null) return null;
  const { shown, sample, progress } = state;
  const isOld = progress !== 'ready';
  return (
    <>
      <Notice state={state} />
      {shown === null ? (
        progress === 'loading' ? (
          <div className="late-bone" />
        ) : null
      ) : (
        <div className={isOld ? 'late-results is-old' : 'late-results'} data-part={progress}>
          <Results shown={shown} sample={sample} />
        </div>
      )}
      <Inputs state={state} errors={state.options.kind === 'invalid' ? state.options.errors : []} />
    </>
  );
}
