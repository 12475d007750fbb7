/** The what-if page: answer first, inputs beside it, then what the answer rests on. Puts the parts in place and nothing else. */
import { Link } from '@remix-run/react';
import { type FormEvent, useMemo } from 'react';
import { LANGUAGE_PARAM, PATHS } from '#app/paths.ts';
import { AnswerPart, INPUTS_ID } from './answer-part.tsx';
import { DaySheetPart } from './day-sheet-part.tsx';
import { ExportPart } from './export-part.tsx';
import { FleetPart } from './fleet-part.tsx';
import { HashpriceInput } from './hashprice-input.tsx';
import { InfeasiblePart } from './infeasible-part.tsx';
import { CapsPart, LimitsPart } from './limits-part.tsx';
import { MiniBar } from './mini-bar.tsx';
import { MoneyPart } from './money-part.tsx';
import { PricesPart } from './prices-part.tsx';
import { ProofPart } from './proof-part.tsx';
import { ReasonsPart } from './reasons-part.tsx';
import { createSay, type Say } from './say-plan.ts';
import { useFormat, useTexts, useWhatIf, type WhatIf } from './use-what-if.ts';
import type { WhatIfPage } from './what-if.server.ts';
import { DEFAULT_PRESET, PRESET_NAMES } from './what-if-form.ts';

export type WhatIfScreenProps = {
  page: WhatIfPage;
  /** Language asked for in the address, passed on by the form; `null`: none. */
  language: string | null;
};

function Presets({ language }: { language: string | null }) {
  const t = useTexts();
  return (
    <nav className="presets" aria-label={t('form.presets')}>
      <p className="small dim">{t('form.presets')}</p>
      <ul>
        {PRESET_NAMES.map((name) => {
          const params = new URLSearchParams({
            ...(name === DEFAULT_PRESET ? {} : { preset: name }),
            ...(language === null ? {} : { [LANGUAGE_PARAM]: language }),
          });
          return (
            <li key={name}>
              <Link to={`${PATHS.whatIf}?${params}`}>{t(`form.preset.${name}`)}</Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function Inputs({ whatIf, language }: { whatIf: WhatIf; language: string | null }) {
  const t = useTexts();
  const { form, engineState } = whatIf;
  function handleSubmit(event: FormEvent<HTMLFormElement>): void {
    // The plan is already on the screen; only without the engine the server has to make it.
    if (engineState === 'ready') event.preventDefault();
  }
  return (
    <form
      ref={whatIf.formElement}
      id={INPUTS_ID}
      className="plan-inputs sheet scrolls"
      action={PATHS.whatIf}
      method="get"
      aria-label={t('form.label')}
      onSubmit={handleSubmit}
    >
      <Presets language={language} />
      <CapsPart whatIf={whatIf} />
      <HashpriceInput whatIf={whatIf} />
      <div className="groups">
        <FleetPart whatIf={whatIf} />
        <PricesPart whatIf={whatIf} />
        <LimitsPart whatIf={whatIf} />
      </div>
      {form.preset === DEFAULT_PRESET ? null : <input type="hidden" name="preset" value={form.preset} />}
      {language === null ? null : <input type="hidden" name={LANGUAGE_PARAM} value={language} />}
      <div className={engineState === 'failed' ? 'submit' : 'submit noscript'}>
        <button type="submit" className="btn main">
          {t('form.submit')}
        </button>
        <p className="small dim noscript">{t('form.privateServer')}</p>
      </div>
      <p className="small dim scripted">{t('form.private')}</p>
    </form>
  );
}

/** What the answer shows before anything else: the plan as a map of the day, or what cannot be kept together. It comes before the form, as on a phone's screen. */
function First({ whatIf, say }: { whatIf: WhatIf; say: Say | null }) {
  const view = whatIf.outcome?.view;
  if (say === null || view === undefined || (view.kind !== 'plan' && view.kind !== 'infeasible')) return null;
  return (
    <div className="plan-first calm">
      {view.kind === 'plan' ? <DaySheetPart say={say} view={view} /> : <InfeasiblePart say={say} view={view} change={whatIf.change} />}
    </div>
  );
}

/** What the plan rests on. Nothing of it renders while only the inputs change. */
function Rest({ whatIf, say }: { whatIf: WhatIf; say: Say | null }) {
  const view = whatIf.outcome?.view;
  if (say === null || view === undefined) return null;
  if (view.kind === 'infeasible') {
    return (
      <div className="plan-rest calm">
        <MoneyPart say={say} view={view} />
        <ExportPart whatIf={whatIf} />
      </div>
    );
  }
  if (view.kind !== 'plan') return null;
  return (
    <div className="plan-rest calm">
      <MoneyPart say={say} view={view} />
      <ProofPart say={say} view={view} />
      <ReasonsPart say={say} view={view} />
      <ExportPart whatIf={whatIf} />
    </div>
  );
}

export function WhatIfScreen({ page, language }: WhatIfScreenProps) {
  const whatIf = useWhatIf(page);
  const t = useTexts();
  const format = useFormat();
  const { outcome } = whatIf;
  const say = useMemo(() => (outcome === null ? null : createSay(t, format, outcome.setting)), [outcome, t, format]);
  return (
    <main className="main whatif">
      <div className={whatIf.isStale ? 'page plan-lay is-stale' : 'page plan-lay'}>
        <AnswerPart whatIf={whatIf} />
        <First whatIf={whatIf} say={say} />
        <Inputs whatIf={whatIf} language={language} />
        <Rest whatIf={whatIf} say={say} />
      </div>
      <MiniBar say={say} view={outcome?.view ?? null} />
    </main>
  );
}
