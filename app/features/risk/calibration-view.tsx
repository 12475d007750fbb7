/** How such forecasts did over the shipped history: one sentence, and every figure behind a toggle. */
import { DataDisclosure } from '#app/ui/disclosure.tsx';
import { CALIBRATION } from './calibration.ts';
import { findCalibrationFinding, insideNarrow, insideWide } from './calibration-finding.ts';
import { type SayRisk, sayCalibration } from './risk-words.ts';

const LOSS_DIGITS = 3;
const WIDE_RATIO = 0.9;
const NARROW_RATIO = 0.5;

function Table({ t, format }: Pick<SayRisk, 't' | 'format'>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="tw" tabIndex={0} aria-label={t('calibration.table')}>
      <table className="t dense">
        <thead>
          <tr>
            <th scope="col">{t('calibration.series')}</th>
            <th scope="col" className="num">
              {t('calibration.horizon')}
            </th>
            <th scope="col" className="num">
              {t('calibration.origins')}
            </th>
            <th scope="col" className="num">
              {t('calibration.wide')}
              <small>{t('calibration.right', { share: format.percent(WIDE_RATIO, 0) })}</small>
            </th>
            <th scope="col" className="num">
              {t('calibration.narrow')}
              <small>{t('calibration.right', { share: format.percent(NARROW_RATIO, 0) })}</small>
            </th>
            <th scope="col" className="num">
              {t('calibration.model')}
            </th>
            <th scope="col" className="num">
              {t('calibration.naive')}
            </th>
          </tr>
        </thead>
        <tbody>
          {CALIBRATION.rows.map((row) => (
            <tr key={`${row.series} ${row.horizonMonths}`}>
              <th scope="row">{t(`calibration.name.${row.series}`)}</th>
              <td className="num">{format.integer(row.horizonMonths)}</td>
              <td className="num">{format.integer(row.origins)}</td>
              <td className="num">{format.percent(insideWide(row), 0)}</td>
              <td className="num">{format.percent(insideNarrow(row), 0)}</td>
              <td className="num">{format.number(row.pinballModel, LOSS_DIGITS)}</td>
              <td className="num">{format.number(row.pinballNaive, LOSS_DIGITS)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function CalibrationPart({ t, format }: Pick<SayRisk, 't' | 'format'>) {
  const finding = findCalibrationFinding(CALIBRATION, 'incomeUsdPerTh');
  return (
    <div className="calibration">
      <h3>{t('calibration.title')}</h3>
      {finding === null ? null : <p className="prose">{sayCalibration({ t, format }, finding, CALIBRATION.firstOriginAt)}</p>}
      <DataDisclosure title={t('calibration.table')}>
        <Table t={t} format={format} />
        <p className="small dim">{t('calibration.note')}</p>
      </DataDisclosure>
    </div>
  );
}
