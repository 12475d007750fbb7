/** The answer: what the plan earns and gains, the certificate in a sentence, and the figures beside. */
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { Figure } from '#app/ui/figure.tsx';
import { PATIENCE_S } from './plan-budget.ts';
import type { PlanView } from './plan-view.ts';
import { RULES } from './rule-plans.ts';
import { sayGapUsd } from './say-gap.ts';
import { createSay, type Say, sayBreach, sayHeadline, sayLead, sayScope } from './say-plan.ts';
import { useFormat, useTexts, type WhatIf } from './use-what-if.ts';

const KWH_PER_MWH = 1000;
/** A slider speaks when it rests, not at every step. */
const SPEAK_AFTER_MS = 800;

/** Everything needed to put the outcome into words; null without one. */
export function useSay({ outcome }: Pick<WhatIf, 'outcome'>): Say | null {
  const t = useTexts();
  const format = useFormat();
  return outcome === null ? null : createSay(t, format, outcome.setting);
}

function Status({ whatIf }: { whatIf: WhatIf }) {
  const t = useTexts();
  const { engineState, isStale, outcome } = whatIf;
  if (engineState === 'failed') return <p className="stale-note">{t('status.engineFailed')}</p>;
  if (isStale && outcome !== null) return <p className="stale-note">{t('status.stale')}</p>;
  return null;
}

/** How the plan was made, and whether a better one is looked for: one quiet line that is always there, so that nothing moves. */
function Making({ whatIf, scope }: { whatIf: WhatIf; scope: string }) {
  const t = useTexts();
  const format = useFormat();
  const { progress, stop, isPending } = whatIf;
  const { gapRatio = null, valueUsd = null } = progress ?? {};
  const gapUsd = gapRatio === null || valueUsd === null ? null : gapRatio * Math.max(1, Math.abs(valueUsd));
  return (
    <>
      <p className="small dim">{scope}</p>
      <p className="small dim improving">
        {progress === null ? (
          isPending ? (
            <span className="late">{t('status.planning')}</span>
          ) : null
        ) : (
          <>
            <span>
              {gapUsd === null
                ? t('status.improving', { seconds: PATIENCE_S })
                : t('status.improvingGap', { seconds: PATIENCE_S, gap: sayGapUsd(t, format, gapUsd) })}
            </span>
            <button type="button" className="btn quiet sm" onClick={stop}>
              {t('status.stop')}
            </button>
          </>
        )}
      </p>
    </>
  );
}

function Figures({ say, view }: { say: Say; view: PlanView }) {
  const { t, format, usd, time, setting } = say;
  const { money, energyKwh } = view;
  const prices = setting.problem.priceUsdPerMwh;
  const mean = prices.reduce((sum, price) => sum + price, 0) / prices.length;
  const dearest = view.capUsdPerMw.reduce((best, one, index) => (one > view.capUsdPerMw[best]! ? index : best), 0);
  const capUsd = view.capUsdPerMw[dearest] ?? 0;
  const hasCap = setting.problem.sites?.[0]?.capKw !== undefined;
  const rest = money.restartUsd + money.capPenaltyUsd + money.takeOrPayUsd + money.demandChargeUsd;
  return (
    <dl className="figs">
      <Figure
        main
        label={t('figure.value')}
        value={usd(view.valueUsd)}
        basis={t('figure.valueBasis', { hashing: usd(money.hashingUsd), energy: usd(money.energyUsd), rest: usd(rest) })}
      />
      {RULES.map((name) => {
        const rule = view.rules.find((one) => one.rule === name);
        if (!rule) return null;
        const breach = rule.breaches[0];
        const value = usd(rule.valueUsd);
        return (
          <Figure
            key={name}
            label={t(`figure.against.${name}`)}
            value={format.signedUsd(view.valueUsd - rule.valueUsd, Math.abs(view.valueUsd) >= 10_000 ? 0 : 2)}
            basis={breach ? t('figure.ruleBreaks', { value, breach: sayBreach(say, breach) }) : t('figure.ruleEarns', { value })}
          />
        );
      })}
      <Figure
        label={t('figure.energy')}
        value={format.number(energyKwh / KWH_PER_MWH, energyKwh < 100_000 ? 2 : 0)}
        unit={t('unit.mwh')}
        basis={
          energyKwh === 0
            ? t('figure.energyNone')
            : t('figure.energyBasis', { price: format.usd((money.energyUsd / energyKwh) * KWH_PER_MWH, 2), mean: format.usd(mean, 2) })
        }
      />
      <Figure
        label={t('figure.starts')}
        value={format.integer(view.starts)}
        basis={view.starts === 0 ? t('figure.startsNone') : t('figure.startsBasis', { cost: usd(money.restartUsd) })}
      />
      <Figure
        label={t('figure.capPrice')}
        value={hasCap ? usd(capUsd) : null}
        unknownReason={t('figure.noCap')}
        basis={!hasCap ? t('figure.noCap') : capUsd > 0 ? t('figure.capPriceBasis', { time: time.at(dearest) }) : t('figure.capPriceNone')}
      />
    </dl>
  );
}

/** Tells those who listen what the plan has become once the inputs rest. What the page was loaded with is read, not announced. */
function Announcement({ text }: { text: string }) {
  const [first] = useState(text);
  const [spoken, setSpoken] = useState('');
  useEffect(() => {
    if (text === first && spoken === '') return;
    const timer = setTimeout(() => setSpoken(text), SPEAK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, first, spoken]);
  return (
    <output className="vh" aria-live="polite">
      {spoken}
    </output>
  );
}

/** Of the form, for the link that leads to it where it is not in sight beside the answer. */
export const INPUTS_ID = 'inputs';

export function AnswerPart({ whatIf, children }: { whatIf: WhatIf; children?: ReactNode }) {
  const t = useTexts();
  const { outcome, page } = whatIf;
  const say = useSay(whatIf);
  const view = outcome?.view ?? null;
  const headline = say && view ? sayHeadline(say, view) : t(page.isTooLarge ? 'headline.browser' : 'headline.none');
  const lead = say && view ? sayLead(say, view) : t(page.isTooLarge ? 'lead.tooLarge' : 'lead.none');
  return (
    <section className="plan-answer" aria-labelledby="answer">
      <div className="plan-headline">
        <h1 id="answer">{headline}</h1>
        <p className="lead">{lead}</p>
        {say && view && view.kind !== 'refused' ? <Making whatIf={whatIf} scope={sayScope(say, view.elapsedMs)} /> : null}
      </div>
      <p className="to-inputs">
        <a href={`#${INPUTS_ID}`}>{t('form.goTo')}</a>
      </p>
      <Status whatIf={whatIf} />
      <div className="calm">{say && view?.kind === 'plan' ? <Figures say={say} view={view} /> : children}</div>
      <Announcement text={t('status.announce', { headline, lead })} />
    </section>
  );
}
