/** Up to four machines side by side on the same power, network and price path; on a phone each becomes a card. */
import { memo, useCallback, useId, useRef } from 'react';
import { COMPARED } from '#app/features/calculator/inputs/calculator-form.ts';
import { FORM_ID } from '#app/features/calculator/inputs/inputs-form.tsx';
import { MachineCombobox } from '#app/features/calculator/inputs/machine-combobox.tsx';
import {
  createSay,
  useCalculator,
  useCalculatorTexts,
  useFieldError,
  useFormat,
  useSelected,
} from '#app/features/calculator/use-calculator.ts';
import { useSelectedWhenSeen } from '#app/features/calculator/when-seen.ts';
import type { ProjectionSummary } from '#engine';
import type { Answer } from './compute-answer.ts';
import { findComparisonFinding } from './findings.ts';
import { type Say, sayComparisonFinding } from './say-finding.ts';

type Row = {
  key: string;
  name: string;
  hashrateThs: number;
  powerW: number;
  capexUsd: number;
  isPriceDerived: boolean;
  netUsdPerDay: number;
  breakEvenPowerUsdPerKwh: number | null;
  summary: ProjectionSummary;
};

/** The first row is the machine asked about, as its owner sees it. */
function toRows(answer: Answer): Row[] {
  const { machine, inputs, hosting, today, projection } = answer;
  const client = answer.view === 'host' ? hosting?.client : undefined;
  const first: Row = {
    key: 'model',
    name: machine.name,
    hashrateThs: machine.hashrateThs,
    powerW: machine.powerW,
    capexUsd: inputs.capexUsd,
    isPriceDerived: false,
    netUsdPerDay: client ? client.today.netUsdPerDay : today.netUsdPerDay,
    breakEvenPowerUsdPerKwh: today.breakEvenPowerUsdPerKwh,
    summary: client ? client.summary : projection,
  };
  const others = answer.compared.map((compared) => ({
    key: compared.machine.field,
    name: compared.machine.name,
    hashrateThs: compared.machine.hashrateThs,
    powerW: compared.machine.powerW,
    capexUsd: compared.machine.capexUsd,
    isPriceDerived: compared.machine.priceOrigin === 'per_th',
    netUsdPerDay: compared.netUsdPerDay,
    breakEvenPowerUsdPerKwh: compared.breakEvenPowerUsdPerKwh,
    summary: compared.summary,
  }));
  return [first, ...others];
}

const RowView = memo(function RowView({ say, row, isFirst }: { say: Say; row: Row; isFirst: boolean }) {
  const { t, format, amounts } = say;
  const { summary } = row;
  const payback = summary.paybackMonths === null ? t('compare.noPayback') : format.number(summary.paybackMonths, 1);
  return (
    <tr className={isFirst ? 'sel' : undefined}>
      <th scope="row">
        {row.name}
        <small>{t('compare.specs', { hashrate: format.hashrate(row.hashrateThs), power: format.integer(row.powerW) })}</small>
      </th>
      <td className="num">
        {row.isPriceDerived ? '≈ ' : ''}
        {amounts.total(row.capexUsd)}
      </td>
      <td className="num">{format.number(row.powerW / row.hashrateThs, 1)}</td>
      <td className="num" data-l={t('compare.net')}>
        {amounts.signedDaily(row.netUsdPerDay)}
      </td>
      <td className="num" data-l={t('compare.payback')}>
        {payback}
      </td>
      <td className="num" data-l={t('compare.npv')}>
        {amounts.signedTotal(summary.npvUsd)}
      </td>
      <td className="num">{format.signedPercent(summary.roiRatio, 1)}</td>
      <td className="num">{row.breakEvenPowerUsdPerKwh === null ? '—' : amounts.roundedPowerPrice(row.breakEvenPowerUsdPerKwh)}</td>
      <td className="num">
        {summary.shutdownMonth === null ? t('compare.never') : t('compare.offMonth', { month: format.integer(summary.shutdownMonth) })}
      </td>
    </tr>
  );
});

function Table({ answer }: { answer: Answer }) {
  const t = useCalculatorTexts();
  const format = useFormat();
  const say = createSay(t, format, answer);
  const heads = ['price', 'efficiency', 'net', 'payback', 'npv', 'roi', 'breakEven', 'off'] as const;
  return (
    <div className="tw">
      <table className="t cards cmp">
        <thead>
          <tr>
            <th scope="col">{t('compare.machine')}</th>
            {heads.map((head) => (
              <th key={head} scope="col" className="num">
                {t(`compare.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {toRows(answer).map((row, index) => (
            <RowView key={row.key} say={say} row={row} isFirst={index === 0} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function OtherMachine({ index }: { index: number }) {
  const { model, price } = COMPARED[index]!;
  const t = useCalculatorTexts();
  const format = useFormat();
  const { store } = useCalculator();
  const id = useId();
  const name = useSelected((state) => state.form[model]);
  const amount = useSelected((state) => state.form[price]);
  const currency = useSelected((state) => state.form.currency);
  const modelError = useFieldError(model);
  const priceError = useFieldError(price);
  const error = modelError ?? priceError;
  const setName = useCallback((text: string) => store.setField(model, text), [store, model]);
  const number = format.integer(index + 2);
  return (
    <div className="other">
      <label className="lab" htmlFor={`${id}-model`}>
        {t('compare.other', { number })}
      </label>
      <MachineCombobox
        id={`${id}-model`}
        name={model}
        form={FORM_ID}
        value={name}
        onValue={setName}
        describedBy={`${id}-hint`}
        isInvalid={modelError !== null}
      />
      <div className={priceError ? 'box bad' : 'box'}>
        <span className="pre" aria-hidden="true">
          {currency === 'cny' ? '¥' : '$'}
        </span>
        <input
          name={price}
          form={FORM_ID}
          inputMode="decimal"
          autoComplete="off"
          value={amount}
          placeholder={t('compare.pricePlaceholder')}
          aria-label={t('compare.otherPrice', { number })}
          aria-describedby={`${id}-hint`}
          aria-invalid={priceError ? true : undefined}
          onChange={(event) => store.setField(price, event.currentTarget.value)}
        />
      </div>
      <div className={error ? 'hint bad' : 'hint'} id={`${id}-hint`}>
        {error ? <span role="alert">{error}</span> : <span>{t('compare.clear')}</span>}
      </div>
    </div>
  );
}

export const Comparison = memo(function Comparison() {
  const t = useCalculatorTexts();
  const format = useFormat();
  const { page } = useCalculator();
  const section = useRef<HTMLElement>(null);
  const answer = useSelectedWhenSeen(section, (state) => state.answer);
  const hasErrors = page.errors.some(({ name }) => COMPARED.some(({ model, price }) => model === name || price === name));
  const finding =
    answer === null
      ? null
      : findComparisonFinding(
          { name: answer.machine.name, summary: toRows(answer)[0]!.summary },
          answer.compared,
          answer.inputs.discountRatioPerYear,
        );
  const isPriceDerived = answer?.compared.some(({ machine }) => machine.priceOrigin === 'per_th') === true;
  return (
    <section className="sec opens" ref={section}>
      <header className="hold">
        <h2>{finding === null || answer === null ? t('compare.alone') : sayComparisonFinding(createSay(t, format, answer), finding)}</h2>
        <p className="small">{t(isPriceDerived ? 'compare.subPerTh' : 'compare.sub')}</p>
      </header>
      {answer === null ? null : <Table answer={answer} />}
      <details className="data change" open={hasErrors}>
        <summary>{t('compare.change')}</summary>
        <div className="others">
          {COMPARED.map(({ model }, index) => (
            <OtherMachine key={model} index={index} />
          ))}
        </div>
      </details>
    </section>
  );
});
