/** What was simulated: seed, paths, volatilities and correlation to overwrite, and where those left empty come from. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { FIRST_SEED, type FormError } from '#app/features/calculator/inputs/calculator-form.ts';
import { PartNumberInput } from '#app/features/calculator/inputs/part-number-input.tsx';
import { formatLimit } from '#app/features/calculator/inputs/say-error.ts';
import { useCalculator, useFormat } from '#app/features/calculator/use-calculator.ts';
import { useSaySources } from '#app/features/market/source-name.tsx';
import type { ShippedMotion } from '#app/features/risk/estimate-motion.ts';

/** New seeds are short enough to be read aloud. */
const SEED_LIMIT = 1_000_000;
const PERCENT = 100;

function drawSeed(): string {
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
  return String((number % (SEED_LIMIT - 1)) + 1);
}

const ratio = (value: number) => Number(value.toFixed(2));
const percent = (value: number) => Number((value * PERCENT).toFixed(1));

export function RiskOptionsPart({ errors }: { errors: readonly FormError[] }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const { store, page } = useCalculator();
  const { motion } = page;
  const draw = useCallback(() => store.setField('seed', drawSeed()), [store]);
  const estimates = [
    { name: 'pvol', value: percent(motion.priceVolatilityPerYear) },
    { name: 'nvol', value: percent(motion.networkVolatilityPerYear) },
    { name: 'corr', value: ratio(motion.correlation) },
  ] as const;
  return (
    <div>
      <div className="row">
        <h3>{t('options.title')}</h3>
        <button type="button" className="btn sm scripted" onClick={draw}>
          {t('options.draw')}
        </button>
      </div>
      <div className="part-fields">
        <PartNumberInput
          name="seed"
          label={t('options.seed')}
          meaning={t('options.seedMeaning')}
          placeholder={String(FIRST_SEED)}
          errors={errors}
          moneyPerUsd={1}
        />
        <PartNumberInput name="paths" label={t('options.paths')} meaning={t('options.pathsMeaning')} errors={errors} moneyPerUsd={1} />
        {estimates.map(({ name, value }) => (
          <PartNumberInput
            key={name}
            name={name}
            label={t(`options.${name}`)}
            meaning={t(`options.${name}Meaning`)}
            unit={name === 'corr' ? undefined : t('options.perRootYear')}
            placeholder={formatLimit(format, value)}
            standard={t('options.history', { value: formatLimit(format, value) })}
            errors={errors}
            moneyPerUsd={1}
          />
        ))}
      </div>
    </div>
  );
}

/** Where the odds come from, with dates and sources; what grows as typed; what the model leaves out. */
export function RiskBasis({ motion, growth }: { motion: ShippedMotion; growth: { priceRatio: number; networkRatio: number } }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const saySources = useSaySources();
  const { window, standardErrors: errors, sources } = motion;
  return (
    <div className="prose small mute">
      <p>
        {t('options.estimated', {
          months: format.integer(window.months),
          from: format.date(window.fromAt),
          to: format.date(window.toAt),
          error: format.percent(errors.volatilityRatio, 0),
          price: saySources(sources.price),
          network: saySources(sources.network),
        })}
      </p>
      <p>
        {t('options.drift', {
          price: format.signedPercent(growth.priceRatio, 1),
          network: format.signedPercent(growth.networkRatio, 1),
          priceDrift: format.signedPercent(motion.priceGrowthRatioPerMonth, 1),
          priceError: format.percent(errors.priceGrowthRatioPerMonth, 1),
          networkDrift: format.signedPercent(motion.networkGrowthRatioPerMonth, 1),
          networkError: format.percent(errors.networkGrowthRatioPerMonth, 1),
        })}
      </p>
      <p>{t('options.model')}</p>
    </div>
  );
}
