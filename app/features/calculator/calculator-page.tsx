/** The guest's page: answer first, inputs beside it, then what the answer rests on. Puts the parts in place and nothing else. */
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { AnswerPart } from '#app/features/calculator/answer/answer.tsx';
import { CashChart } from '#app/features/calculator/answer/cash-chart-view.tsx';
import { Comparison } from '#app/features/calculator/answer/comparison.tsx';
import { HostAndClient } from '#app/features/calculator/answer/host-and-client.tsx';
import { LiveHeadline } from '#app/features/calculator/answer/live-headline.tsx';
import { MiniBar } from '#app/features/calculator/answer/mini-bar.tsx';
import { InputsForm } from '#app/features/calculator/inputs/inputs-form.tsx';
import { MachineOptions } from '#app/features/calculator/inputs/machine-options.tsx';
import { FlexibleSection, RiskSection } from '#app/features/calculator/late/late-parts.tsx';
import { MonthsTable } from '#app/features/calculator/months/months-table.tsx';
import { SensitivityPart } from '#app/features/calculator/sensitivity/sensitivity-parts.tsx';
import { MarketNotice } from '#app/features/market/market-notice.tsx';
import { MarketStrip } from '#app/features/market/market-strip.tsx';
import type { CalculatorPage } from './calculator.server.ts';
import { CalculatorContext, useAddress, useCalculator, useCreateCalculator, useEngine, useFormat, useSelected } from './use-calculator.ts';

/** Dims what belongs to earlier inputs. Only the class changes; the parts inside do not render again. */
function Layout({ children }: { children: ReactNode }) {
  const isStale = useSelected((state) => state.isStale);
  return <div className={isStale ? 'page lay is-stale' : 'page lay'}>{children}</div>;
}

/** What the answer rests on. Marked while the inputs move, directly: nothing inside has to render for that. */
function Rest({ children }: { children: ReactNode }) {
  const { store, onRest } = useCalculator();
  const part = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const mark = store.subscribe(() => part.current?.classList.add('is-moving'));
    const unmark = onRest(() => part.current?.classList.remove('is-moving'));
    return () => {
      mark();
      unmark();
    };
  }, [store, onRest]);
  return (
    <div className="more calm" ref={part}>
      {children}
    </div>
  );
}

export type CalculatorScreenProps = {
  page: CalculatorPage;
  /** Language asked for in the address, passed on by the form; `null`: none. */
  language: string | null;
};

export function CalculatorScreen({ page, language }: CalculatorScreenProps) {
  const calculator = useCreateCalculator(page);
  const formRef = useRef<HTMLFormElement>(null);
  const engineState = useEngine(calculator, formRef);
  useAddress(calculator);
  const format = useFormat();
  const { t } = useTranslation('market');
  return (
    <CalculatorContext.Provider value={calculator}>
      <main className="main calculator">
        <MarketStrip snapshot={page.market} nowMs={calculator.nowMs} format={format} t={t} />
        <div className="page notice">
          <MarketNotice snapshot={page.market} nowMs={calculator.nowMs} format={format} t={t} />
        </div>
        <Layout>
          <AnswerPart engineState={engineState} />
          <InputsForm formRef={formRef} engineState={engineState} language={language} />
          <Rest>
            <CashChart />
            <div className="two">
              <SensitivityPart name="power" />
              <SensitivityPart name="tornado" />
            </div>
            <div className="two">
              <SensitivityPart name="difficulty" />
              <HostAndClient />
            </div>
            <RiskSection />
            <FlexibleSection />
            <Comparison />
            <MonthsTable />
          </Rest>
        </Layout>
        <MiniBar />
        <LiveHeadline />
        <MachineOptions />
      </main>
    </CalculatorContext.Provider>
  );
}
