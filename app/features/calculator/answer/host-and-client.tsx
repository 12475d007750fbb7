/** Both sides of a hosting contract: what the client pays is what the host earns (DOMAIN 5). */
import { memo, useRef } from 'react';
import { createSay, useCalculatorTexts, useFormat } from '#app/features/calculator/use-calculator.ts';
import { useSelectedWhenSeen } from '#app/features/calculator/when-seen.ts';
import { DAYS_PER_MONTH } from '#engine/units/constants.ts';
import type { Answer, HostingAnswer } from './compute-answer.ts';
import { findHostingFinding } from './findings.ts';
import { type Say, sayHostingFinding, sayScope } from './say-finding.ts';

function gainClass(value: number): string | undefined {
  if (value === 0) return undefined;
  return value > 0 ? 'gain' : 'loss';
}

function ClientSide({ say, hosting, horizon }: { say: Say; hosting: HostingAnswer; horizon: string }) {
  const { t, format, amounts } = say;
  const { today, summary } = hosting.client;
  return (
    <div className="sheet">
      <h3>{t('hosting.client')}</h3>
      <dl>
        <dt>{t('hosting.tariff')}</dt>
        <dd>
          {amounts.powerPrice(hosting.clientPowerUsdPerKwh)}
          {t('answer.perKwh')}
        </dd>
        <dt>{t('hosting.net')}</dt>
        <dd>{amounts.signedDaily(today.netUsdPerDay)}</dd>
        <dt>{t('hosting.payback')}</dt>
        <dd>
          {summary.paybackMonths === null
            ? t('hosting.noPayback', { horizon })
            : t('hosting.months', { months: format.number(summary.paybackMonths, 1) })}
        </dd>
        <dt>{t('hosting.npv')}</dt>
        <dd className={gainClass(summary.npvUsd)}>{amounts.signedTotal(summary.npvUsd)}</dd>
        <dt>{t('hosting.offFrom')}</dt>
        <dd>
          {summary.shutdownMonth === null ? t('hosting.never') : t('hosting.offMonth', { month: format.integer(summary.shutdownMonth) })}
        </dd>
      </dl>
    </div>
  );
}

function HostSide({ say, answer, hosting, horizon }: { say: Say; answer: Answer; hosting: HostingAnswer; horizon: string }) {
  const { t, format, amounts } = say;
  const { today, summary, capexUsd } = hosting.host;
  const ownPower = answer.view === 'client' ? today.powerUsdPerDay / today.energyKwhPerDay : answer.inputs.powerUsdPerKwh;
  const marginUsdPerKwh = hosting.clientPowerUsdPerKwh - ownPower;
  const grossUsd = today.netUsdPerDay * DAYS_PER_MONTH;
  const clientOff = hosting.client.summary.shutdownMonth;
  return (
    <div className="sheet">
      <h3>{t('hosting.host')}</h3>
      <dl>
        <dt>{t('hosting.margin')}</dt>
        <dd>
          {Number.isFinite(marginUsdPerKwh) ? amounts.roundedPowerPrice(marginUsdPerKwh) : '—'}
          {t('answer.perKwh')}
        </dd>
        <dt>{t('hosting.energy')}</dt>
        <dd>{t('hosting.kwh', { energy: format.integer(today.energyKwhPerDay * DAYS_PER_MONTH) })}</dd>
        <dt>{t('hosting.gross')}</dt>
        <dd className={gainClass(grossUsd)}>{amounts.signedDaily(grossUsd)}</dd>
        <dt>{capexUsd > 0 ? t('hosting.hostPayback', { capex: amounts.total(capexUsd * answer.inputs.count) }) : t('hosting.payback')}</dt>
        <dd>
          {capexUsd === 0
            ? t('hosting.nothingToPay')
            : summary.paybackMonths === null
              ? t('hosting.noPayback', { horizon })
              : t('hosting.months', { months: format.number(summary.paybackMonths, 1) })}
        </dd>
        <dt>{clientOff === null ? t('hosting.total', { horizon }) : t('hosting.totalStops', { month: format.integer(clientOff) })}</dt>
        <dd className={gainClass(summary.profitUsd)}>{amounts.signedTotal(summary.profitUsd)}</dd>
      </dl>
    </div>
  );
}

export const HostAndClient = memo(function HostAndClient() {
  const t = useCalculatorTexts();
  const format = useFormat();
  const section = useRef<HTMLElement>(null);
  const answer = useSelectedWhenSeen(section, (state) => state.answer);
  if (answer === null) return null;
  const say = createSay(t, format, answer);
  const finding = findHostingFinding(answer);
  const horizon = format.integer(answer.inputs.horizonMonths);
  return (
    <section className="sec" ref={section}>
      <header className="hold">
        <h2>{finding === null ? t('hosting.none') : sayHostingFinding(say, finding)}</h2>
        <p className="small">{t('hosting.sub', { scope: sayScope(say, answer) })}</p>
      </header>
      {answer.hosting === null ? (
        <p className="mute">{t('hosting.empty')}</p>
      ) : (
        <div className="sides">
          <ClientSide say={say} hosting={answer.hosting} horizon={horizon} />
          <HostSide say={say} answer={answer} hosting={answer.hosting} horizon={horizon} />
        </div>
      )}
    </section>
  );
});
