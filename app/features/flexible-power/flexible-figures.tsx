/** What following the price comes to: four figures, and three ways of running side by side. */
import { Figure, Unknown } from '#app/ui/figure.tsx';
import type { FlexibleAnswer } from './compute-flexible.ts';
import { toYearly } from './flexible-finding.ts';
import type { SayFlexible } from './flexible-words.ts';

/** The projection of the page at the flat price that is typed in the form. */
export type FlatSide = { npvUsd: number; roiRatio: number | null; paybackMonths: number | null; powerUsdPerKwh: number };

export type FlexibleFiguresProps = { say: SayFlexible; answer: FlexibleAnswer; flat: FlatSide };

export function FlexibleFigures({ say, answer, flat }: FlexibleFiguresProps) {
  const { t, format, amounts } = say;
  const { flexible, alwaysOn, valueUsd } = answer;
  const yearly = toYearly(answer);
  return (
    <dl className="figs four">
      <Figure
        label={t('figure.alwaysOn')}
        value={amounts.signedTotal(valueUsd)}
        basis={t('figure.alwaysOnBasis', {
          flexible: amounts.signedTotal(flexible.npvUsd),
          alwaysOn: amounts.signedTotal(alwaysOn.npvUsd),
        })}
      />
      <Figure
        label={t('figure.flat', { price: amounts.powerPrice(flat.powerUsdPerKwh) })}
        value={amounts.signedTotal(flexible.npvUsd - flat.npvUsd)}
        basis={t('figure.flatBasis', { flexible: amounts.signedTotal(flexible.npvUsd), flat: amounts.signedTotal(flat.npvUsd) })}
      />
      <Figure
        label={t('figure.effective')}
        value={flexible.powerUsdPerKwh === null ? null : amounts.roundedPowerPrice(flexible.powerUsdPerKwh)}
        unknownReason={t('figure.noPower')}
        unit={t('figure.perKwh')}
        tightUnit
        basis={t('figure.effectiveBasis', { mean: amounts.roundedPowerPrice(answer.meanUsdPerKwh) })}
      />
      <Figure
        label={t('figure.hoursOff')}
        value={format.integer(yearly.hoursOff)}
        basis={t('figure.hoursOffBasis', {
          share: format.percent(yearly.offRatio, 1),
          starts: format.number(yearly.starts, yearly.starts < 10 ? 1 : 0),
        })}
      />
    </dl>
  );
}

type Way = { name: 'flexible' | 'alwaysOn' | 'flat' } & Omit<FlatSide, 'powerUsdPerKwh'> & { powerUsdPerKwh: number | null };

export function WaysTable({ say, answer, flat }: FlexibleFiguresProps) {
  const { t, format, amounts } = say;
  const horizon = format.integer(answer.horizonMonths);
  const ways: Way[] = [
    { name: 'flexible', ...answer.flexible },
    { name: 'alwaysOn', ...answer.alwaysOn },
    { name: 'flat', ...flat },
  ];
  return (
    <div>
      <h3>{t('ways.title')}</h3>
      <table className="t cards" aria-label={t('ways.title')}>
        <thead>
          <tr>
            <th scope="col">{t('ways.way')}</th>
            {(['npv', 'roi', 'payback', 'power'] as const).map((column) => (
              <th key={column} scope="col" className="num">
                {t(`ways.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ways.map((way) => (
            <tr key={way.name} className={way.name === 'flexible' ? 'sel' : undefined}>
              <th scope="row">{t(`ways.${way.name}`)}</th>
              <td className="num" data-l={t('ways.npv')}>
                {amounts.signedTotal(way.npvUsd)}
              </td>
              <td className="num" data-l={t('ways.roi')}>
                {way.roiRatio === null ? <Unknown reason={t('ways.noRoi')} /> : format.signedPercent(way.roiRatio, 1)}
              </td>
              <td className="num" data-l={t('ways.payback')}>
                {way.paybackMonths === null ? <Unknown reason={t('ways.noPayback', { horizon })} /> : format.number(way.paybackMonths, 1)}
              </td>
              <td className="num" data-l={t('ways.power')}>
                {way.powerUsdPerKwh === null ? <Unknown reason={t('ways.noPower')} /> : amounts.roundedPowerPrice(way.powerUsdPerKwh)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
