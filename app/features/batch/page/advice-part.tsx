/** Which machines to sell, switch off, move or underclock, what each act is worth, and the assumptions that this rests on. */
import { ADVICE_KINDS, type AdviceTotal } from '../computing/advise.ts';
import { ScenarioInput } from './scenario-part.tsx';
import { sayPower } from './summary-part.tsx';
import { type Advised, type Batch, useTexts } from './use-batch.ts';

const SHOWN_ROWS = 10;

function Total({ batch, total }: { batch: Batch; total: AdviceTotal }) {
  const t = useTexts();
  const { format, amounts } = batch;
  return (
    <>
      {amounts.signedTotal(total.gainUsd)}
      <small>
        {t('page.advice.machines', {
          machines: format.integer(total.machines),
          power: Object.values(sayPower(format, total.powerW)).join(' '),
        })}
      </small>
    </>
  );
}

export function AdvicePart({ batch, advised }: { batch: Batch; advised: Advised }) {
  const t = useTexts();
  const { format, amounts, scenario } = batch;
  const { advice, rows } = advised;
  const horizon = format.integer(scenario.scenario?.network.horizonMonths ?? 0);
  return (
    <section className="sec" aria-labelledby="advice-title">
      <header>
        <h2 id="advice-title">
          {advice.bestGainUsd > 0 ? t('page.advice.title', { gain: amounts.total(advice.bestGainUsd), horizon }) : t('page.advice.none')}
        </h2>
        <p className="small">{t('page.advice.sub', { horizon })}</p>
      </header>
      {advice.worthless.machines > 0 ? (
        <p className="note">
          <span>{t('page.advice.worthless', { machines: format.integer(advice.worthless.machines), horizon })}</span>
        </p>
      ) : null}
      <table className="t cards advice-table">
        <thead>
          <tr>
            <th scope="col">{t('page.advice.act')}</th>
            <th scope="col" className="num">
              {t('page.advice.alone')}
            </th>
            <th scope="col" className="num">
              {t('page.advice.best')}
            </th>
          </tr>
        </thead>
        <tbody>
          {ADVICE_KINDS.map((kind) => {
            const alone = advice.alone[kind];
            return (
              <tr key={kind}>
                <th scope="row">
                  {t(`page.advice.kind.${kind}`)}
                  <small>{alone === null ? t(`page.advice.needs.${kind}`) : t(`page.advice.rests.${kind}`)}</small>
                </th>
                <td className="num" data-l={t('page.advice.alone')}>
                  {alone === null ? '—' : <Total batch={batch} total={alone} />}
                </td>
                <td className="num" data-l={t('page.advice.best')}>
                  {alone === null ? '—' : <Total batch={batch} total={advice.best[kind]} />}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <fieldset className="assumptions">
        <legend>{t('page.advice.assumptions')}</legend>
        {(['sale', 'moveTo', 'moveCost', 'slow', 'slowPower'] as const).map((name) => (
          <ScenarioInput key={name} batch={batch} name={name} />
        ))}
      </fieldset>
      {rows.length === 0 ? null : (
        <>
          <h3>{t('page.advice.first')}</h3>
          <ol className="advised">
            {rows.slice(0, SHOWN_ROWS).map((row, index) => (
              <li key={row.index}>
                <b>{row.act === null ? '' : t(`page.advice.do.${row.act}`)}</b>{' '}
                {t('page.advice.line', {
                  total: format.integer(row.count),
                  machine: row.machine ?? row.model ?? t('page.noName'),
                  row: format.integer(row.row),
                  gain: amounts.total(advice.rows[index]?.gainUsd ?? 0),
                })}
              </li>
            ))}
          </ol>
        </>
      )}
      <p className="small dim">{t('page.advice.note')}</p>
    </section>
  );
}
