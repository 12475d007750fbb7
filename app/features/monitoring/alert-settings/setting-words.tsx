/** How numbers of rules and outcomes of messages are said. */
import { useTranslation } from 'react-i18next';
import type { ShownNumber } from '#app/features/alerts/settings/shown-numbers.ts';
import type { Format } from '#app/ui/format.ts';

const WORDS = ['samples', 'openings', 'deviations', 'min', 'h', 's'] as const;

/** The unit as it stands inside of a field; null: a plain number. */
export function useUnit(): (number: ShownNumber) => string | null {
  const { t } = useTranslation('alert-settings');
  return ({ unit }) => {
    const word = WORDS.find((one) => one === unit);
    return word === undefined ? unit : t(`unit.${word}`);
  };
}

/** A number with its unit, in a sentence. */
export function useShownNumber(format: Format): (number: ShownNumber, shown: number) => string {
  const { t } = useTranslation('alert-settings');
  const unitOf = useUnit();
  return (number, shown) => {
    const unit = unitOf(number);
    const value = format.number(shown);
    if (unit === null) return value;
    return number.unit === '%' ? `${value}%` : t('unit.beside', { value, unit });
  };
}

/** `delivered`, `queued`, `answered: 500`, `failed: timeout`, `refused: address`, in words. */
export function useOutcome(): (outcome: string) => string {
  const { t } = useTranslation('alert-settings');
  return (outcome) => {
    const [kind, because = ''] = outcome.split(': ');
    switch (kind) {
      case 'delivered':
      case 'queued':
        return t(`outcome.${kind}`);
      case 'answered':
        return t('outcome.answered', { status: because });
      case 'failed':
        return t(because === 'name' || because === 'timeout' ? `outcome.failed.${because}` : 'outcome.failed.connection');
      case 'refused':
        return t(because === 'redirect' || because === 'address' ? `outcome.refused.${because}` : 'outcome.refused.url');
      default:
        return outcome;
    }
  };
}
