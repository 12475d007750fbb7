/** The answer, in the order a buyer asks: profit per day, payback, worth, return, break-evens, coins mined against coins bought. */
import { memo } from 'react';
import { CopyLink } from '#app/features/calculator/inputs/copy-link.tsx';
import { createSay, type EngineState, useCalculatorTexts, useFormat, useSelected } from '#app/features/calculator/use-calculator.ts';
import { DataDisclosure } from '#app/ui/disclosure.tsx';
import { Figure } from '#app/ui/figure.tsx';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import { DAYS_PER_MONTH, TH_PER_EH, TH_PER_PH } from '#engine/units/constants.ts';
import type { Answer } from './compute-answer.ts';
import { capexUsdOf, findHeadline, netUsdPerDayOf } from './findings.ts';
import { type Say, sayHeadline, sayLead, sayScope } from './say-finding.ts';

const MONTHS_PER_YEAR = 12;

export function Headline() {
  const t = useCalculatorTexts();
  const format = useFormat();
  const answer = useSelected((state) => state.answer);
  const say = answer === null ? null : createSay(t, format, answer);
  return (
    <div className="headline">
      <h1 id="answer">{say === null || answer === null ? t('headline.none') : sayHeadline(say, findHeadline(answer))}</h1>
      <p className="lead">{say === null || answer === null ? t('lead.none') : sayLead(say, answer)}</p>
    </div>
  );
}

/** Says why the figures do not move: an input to correct, or an engine that is not here. */
export function StaleNote({ engineState }: { engineState: EngineState }) {
  const t = useCalculatorTexts();
  const isStale = useSelected((state) => state.isStale);
  const hasErrors = useSelected((state) => state.errors.length > 0);
  if (engineState === 'failed') return <p className="stale-note">{t('answer.engineFailed')}</p>;
  if (!isStale) return null;
  return <p className="stale-note">{t(hasErrors && engineState === 'ready' ? 'answer.stale' : 'answer.staleEngine')}</p>;
}

function NetFigure({ say, answer }: { say: Say; answer: Answer }) {
  const { t, format, amounts } = say;
  const net = netUsdPerDayOf(answer);
  const host = answer.view === 'host' ? answer.hosting?.host.today : undefined;
  const fixed = host ? host.maintenanceUsdPerDay : answer.today.fixedUsdPerDay;
  const values = {
    revenue: amounts.daily(host ? host.revenueUsdPerDay : answer.today.revenueUsdPerDay),
    power: amounts.daily(host ? host.powerUsdPerDay : answer.today.powerUsdPerDay),
    fixed: amounts.daily(fixed),
  };
  const energy = format.number(host ? host.energyKwhPerDay : answer.today.energyKwhPerDay, 1);
  const scope = sayScope(say, answer);
  const month = net * DAYS_PER_MONTH;
  return (
    <div className="big">
      <dt>{t(host ? 'answer.marginToday' : 'answer.netToday')}</dt>
      <dd>
        {amounts.signedDaily(net)} <span className="u">{t(`currency.${answer.currency}`)}</span>
      </dd>
      <dd>
        {t(
          host ? (fixed > 0 ? 'answer.hostBasisFixed' : 'answer.hostBasis') : fixed > 0 ? 'answer.ownBasisFixed' : 'answer.ownBasis',
          values,
        )}
        <br />
        {host
          ? t('answer.energyBasis', { energy, scope })
          : t('answer.outputBasis', { coins: amounts.coins(answer.today.minedBtcPerDay), energy, scope })}
        <br />
        {t('answer.perMonth', { month: amounts.signedTotal(month), year: amounts.signedTotal(month * MONTHS_PER_YEAR) })}
      </dd>
      <dd className="chk">
        <CheckedTwoWays say={say} answer={answer} />
      </dd>
    </div>
  );
}

/** Both methods, their ratio and the reason for the difference (DOMAIN 2): shown, not logged. */
function CheckedTwoWays({ say, answer }: { say: Say; answer: Answer }) {
  const { t, format, amounts } = say;
  const { difficultyMethodBtcPerDay, shareMethodBtcPerDay, ratio, note } = answer.verification;
  const money = (btc: number) => amounts.daily(btc * answer.inputs.priceUsdPerBtc);
  const first = { difficultyCoins: amounts.coins(difficultyMethodBtcPerDay), difficultyMoney: money(difficultyMethodBtcPerDay) };
  const { hashpriceBtcPerThDay } = answer.today;
  const isMeasured = shareMethodBtcPerDay !== null && ratio !== null && note !== 'not_measured';
  return (
    <DataDisclosure title={isMeasured ? t('answer.verified', { difference: format.signedPercent(ratio - 1, 1) }) : t('answer.notVerified')}>
      <p className="small mute">
        {isMeasured
          ? t('answer.verifiedText', {
              ...first,
              network: `${format.number(answer.inputs.networkHashrateThs / TH_PER_EH, 1)} EH/s`,
              shareCoins: amounts.coins(shareMethodBtcPerDay),
              shareMoney: money(shareMethodBtcPerDay),
              ratio: format.number(ratio, 3),
            })
          : t('answer.verifiedOnce', first)}
        <SentenceGap />
        {isMeasured ? format.sentences(t(`answer.note.${note}`), t('answer.moneyUsesFirst')) : null}
        {isMeasured ? <SentenceGap /> : null}
        {t('answer.hashprice', {
          usd: amounts.daily(hashpriceBtcPerThDay * TH_PER_PH * answer.inputs.priceUsdPerBtc),
          sats: format.number(hashpriceBtcPerThDay * 1e8, 2),
        })}
      </p>
    </DataDisclosure>
  );
}

function sayPowerBasis({ t, format, amounts }: Say, answer: Answer): string {
  const { powerUsdPerKwh } = answer.inputs;
  const { breakEvenPowerUsdPerKwh } = answer.today;
  if (answer.view === 'host' && answer.hosting !== null) {
    return t('answer.hostPowerBasis', {
      tariff: amounts.powerPrice(answer.hosting.clientPowerUsdPerKwh),
      price: amounts.powerPrice(powerUsdPerKwh),
    });
  }
  if (breakEvenPowerUsdPerKwh === null || breakEvenPowerUsdPerKwh <= 0) return '';
  const margin = 1 - powerUsdPerKwh / breakEvenPowerUsdPerKwh;
  const basis = t(margin >= 0 ? 'answer.powerMargin' : 'answer.powerShort', {
    price: amounts.powerPrice(powerUsdPerKwh),
    margin: format.percent(Math.abs(margin), 0),
  });
  return answer.today.fixedUsdPerDay > 0 ? `${basis} · ${t('answer.beforeFixed')}` : basis;
}

/** The static payback, whether or not there is a dynamic one; without one, that it never comes is said first. */
function sayPaybackBasis({ t, format }: Say, answer: Answer): string {
  const { paybackMonths, staticPaybackMonths } = answer.projection;
  const basis =
    staticPaybackMonths === null ? t('answer.staticNever') : t('answer.static', { months: format.number(staticPaybackMonths, 1) });
  return paybackMonths === null ? `${t('answer.noPayback', { horizon: format.integer(answer.inputs.horizonMonths) })} · ${basis}` : basis;
}

function sayPriceBasis({ t, format, amounts }: Say, answer: Answer): string {
  const { priceUsdPerBtc } = answer.inputs;
  const { breakEvenPriceUsdPerBtc } = answer.view === 'host' && answer.hosting ? answer.hosting.client.today : answer.today;
  if (breakEvenPriceUsdPerBtc === null) return '';
  if (breakEvenPriceUsdPerBtc <= 0) return t('answer.anyPrice');
  const share = 1 - breakEvenPriceUsdPerBtc / priceUsdPerBtc;
  return t(share >= 0 ? 'answer.priceBelow' : 'answer.priceAbove', {
    share: format.percent(Math.abs(share), 0),
    price: amounts.bitcoinPrice(priceUsdPerBtc),
  });
}

const BTC_DIGITS = 4;

/** `null` without an answer: every figure is then an em dash that says why. */
export const Figures = memo(function Figures() {
  const t = useCalculatorTexts();
  const format = useFormat();
  const answer = useSelected((state) => state.answer);
  if (answer === null) return <NoFigures />;

  const say = createSay(t, format, answer);
  const { amounts } = say;
  const { projection, inputs, today } = answer;
  const isHost = answer.view === 'host' && answer.hosting !== null;
  const horizon = format.integer(inputs.horizonMonths);
  const capexUsd = capexUsdOf(answer) * inputs.count;
  const breakEvenPrice = isHost && answer.hosting ? answer.hosting.client.today.breakEvenPriceUsdPerBtc : today.breakEvenPriceUsdPerBtc;
  const coinsAhead = projection.mineBtc - projection.buyBtc;
  return (
    <dl className="figs">
      <NetFigure say={say} answer={answer} />
      <Figure
        label={t('answer.payback')}
        value={projection.paybackMonths === null || capexUsd === 0 ? null : format.number(projection.paybackMonths, 1)}
        unknownReason={capexUsd === 0 ? t('hosting.nothingToPay') : t('answer.noPayback', { horizon })}
        unit={t('answer.months')}
        basis={capexUsd === 0 ? t('hosting.nothingToPay') : sayPaybackBasis(say, answer)}
      />
      <Figure
        label={t('answer.npv', { rate: format.percent(inputs.discountRatioPerYear, 0) })}
        value={amounts.signedTotal(projection.npvUsd)}
        basis={t('answer.npvBasis', { horizon, capex: amounts.total(capexUsd) })}
      />
      <Figure
        label={t('answer.roi', { horizon })}
        value={projection.roiRatio === null ? null : format.signedPercent(projection.roiRatio, 1)}
        unknownReason={t('answer.noRoi')}
        basis={
          projection.irrRatioPerYear === null ? t('answer.noIrr') : t('answer.irr', { irr: format.percent(projection.irrRatioPerYear, 1) })
        }
      />
      <Figure
        label={t(isHost ? 'answer.hostBreakEvenPower' : 'answer.breakEvenPower')}
        value={today.breakEvenPowerUsdPerKwh === null ? null : amounts.roundedPowerPrice(today.breakEvenPowerUsdPerKwh)}
        unknownReason={t('answer.noBreakEvenPower')}
        unit={t('answer.perKwh')}
        tightUnit
        basis={sayPowerBasis(say, answer)}
      />
      <Figure
        label={t('answer.breakEvenPrice')}
        value={breakEvenPrice === null || breakEvenPrice <= 0 ? null : amounts.bitcoinPrice(breakEvenPrice)}
        unknownReason={t(breakEvenPrice === null ? 'answer.noBreakEvenPrice' : 'answer.anyPrice')}
        basis={sayPriceBasis(say, answer)}
      />
      <Figure
        label={t('answer.versusBuying')}
        value={isHost ? null : format.signedBtc(coinsAhead, BTC_DIGITS)}
        unknownReason={t('answer.hostVersus')}
        unit="BTC"
        basis={
          isHost
            ? t('answer.hostVersus')
            : t('answer.versusBasis', {
                mined: format.btc(projection.mineBtc, BTC_DIGITS),
                bought: format.btc(projection.buyBtc, BTC_DIGITS),
              })
        }
      />
    </dl>
  );
});

function NoFigures() {
  const t = useCalculatorTexts();
  const format = useFormat();
  const discount = useSelected((state) => state.form.discount);
  const horizon = useSelected((state) => state.form.months);
  const unknownReason = t('answer.unknown');
  const labels = [
    t('answer.payback'),
    t('answer.npv', { rate: format.percent(Number(discount) / 100, 0) }),
    t('answer.roi', { horizon }),
    t('answer.breakEvenPower'),
    t('answer.breakEvenPrice'),
    t('answer.versusBuying'),
  ];
  return (
    <dl className="figs">
      <Figure label={t('answer.netToday')} value={null} unknownReason={unknownReason} basis={unknownReason} main />
      {labels.map((label) => (
        <Figure key={label} label={label} value={null} unknownReason={unknownReason} />
      ))}
    </dl>
  );
}

export function AnswerPart({ engineState }: { engineState: EngineState }) {
  return (
    <section className="ans" aria-labelledby="answer">
      <div className="row">
        <Headline />
        <CopyLink />
      </div>
      <StaleNote engineState={engineState} />
      <div className="calm">
        <Figures />
      </div>
    </section>
  );
}
