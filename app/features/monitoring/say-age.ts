/** How long ago something was, in the reader's words: the largest whole unit. Pure. */
import type { TFunction } from 'i18next';

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;

export function sayAge(t: TFunction<'monitoring'>, atS: number, nowS: number): string {
  const ageS = Math.max(0, Math.round(nowS - atS));
  if (ageS < 2 * MINUTE_S) return t('age.seconds', { count: ageS });
  if (ageS < 2 * HOUR_S) return t('age.minutes', { count: Math.floor(ageS / MINUTE_S) });
  return ageS < 2 * DAY_S ? t('age.hours', { count: Math.floor(ageS / HOUR_S) }) : t('age.days', { count: Math.floor(ageS / DAY_S) });
}
