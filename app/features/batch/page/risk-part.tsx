/** Risk of the whole batch: the list as one fleet on simulated courses of price and network. Simulated when it is first seen, again when the panel rests. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Fan } from '#app/features/risk/fan-chart-view.tsx';
import { QuantileTable, RiskFigures } from '#app/features/risk/risk-figures.tsx';
import { findRiskFinding } from '#app/features/risk/risk-finding.ts';
import { sayRiskFinding } from '#app/features/risk/risk-words.ts';
import type { FleetRiskResult, RiskOptions } from '#engine';
import type { FleetRiskReply } from '../session/risk-worker.ts';
import { type Batch, useTexts } from './use-batch.ts';

const SEED = 1;
const PATHS = 10_000;

type Simulated =
  | { kind: 'waiting' }
  | { kind: 'done'; risk: FleetRiskResult; horizonMonths: number; stops: boolean }
  | { kind: 'tooMany' }
  | { kind: 'failed' };

/** True once the element has been in sight. */
function useSeen(): [React.RefObject<HTMLElement>, boolean] {
  const element = useRef<HTMLElement>(null);
  const [isSeen, setIsSeen] = useState(false);
  useEffect(() => {
    if (element.current === null || isSeen) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setIsSeen(true);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [isSeen]);
  return [element, isSeen];
}

function useFleetRisk(batch: Batch, isSeen: boolean): Simulated {
  const [simulated, setSimulated] = useState<Simulated>({ kind: 'waiting' });
  const worker = useRef<Worker | null>(null);
  const { getClient, advised, scenario, page } = batch;
  const inputs = scenario.scenario;
  useEffect(() => () => worker.current?.terminate(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was advised belongs to the figures that have come to rest; only then is it simulated
  useEffect(() => {
    if (!isSeen || advised === null || inputs === null) return;
    let isCurrent = true;
    const { motion } = page;
    const options: RiskOptions = {
      seed: SEED,
      paths: PATHS,
      priceVolatilityPerYear: motion.priceVolatilityPerYear,
      networkVolatilityPerYear: motion.networkVolatilityPerYear,
      correlation: motion.correlation,
    };
    const run = async () => {
      const machines = await getClient().call('fleet');
      if (!isCurrent) return;
      if (machines === null) {
        setSimulated({ kind: 'tooMany' });
        return;
      }
      worker.current?.terminate();
      const thread = new Worker(new URL('../session/risk-worker.ts', import.meta.url), { type: 'module' });
      worker.current = thread;
      thread.onmessage = ({ data }: MessageEvent<FleetRiskReply>) => {
        if (!isCurrent) return;
        const risk = data.kind === 'done' && data.result.kind === 'ok' ? data.result : null;
        setSimulated(
          risk === null
            ? { kind: 'failed' }
            : { kind: 'done', risk, horizonMonths: inputs.network.horizonMonths, stops: inputs.shutdownWhenUnprofitable },
        );
      };
      thread.onerror = () => setSimulated({ kind: 'failed' });
      thread.postMessage({
        inputs: { network: inputs.network, machines, discountRatioPerYear: inputs.defaults.discountRatioPerYear },
        options,
      });
    };
    run().catch(() => setSimulated({ kind: 'failed' }));
    return () => {
      isCurrent = false;
    };
  }, [isSeen, advised]);
  return simulated;
}

export function RiskPart({ batch }: { batch: Batch }) {
  const t = useTexts();
  const risk = useTranslation('risk').t;
  const [element, isSeen] = useSeen();
  const simulated = useFleetRisk(batch, isSeen);
  const { format, amounts, form, scenario, page } = batch;
  const say = { t: risk, format, amounts };
  if (simulated.kind !== 'done') {
    return (
      <section className="sec batch-risk" ref={element}>
        <header>
          <h2>{t('page.risk.title')}</h2>
        </header>
        <p className="small" role={simulated.kind === 'failed' ? 'alert' : undefined}>
          {t(`page.risk.${simulated.kind}`)}
        </p>
      </section>
    );
  }
  const { risk: result, horizonMonths, stops } = simulated;
  return (
    <section className="sec batch-risk" ref={element}>
      <header>
        <h2>{sayRiskFinding(say, findRiskFinding(result, result.capexUsd))}</h2>
        <p className="small">
          {t('page.risk.sub', {
            paths: format.integer(PATHS),
            horizon: format.integer(horizonMonths),
            machines: format.integer(result.machines),
            price: format.percent(page.motion.priceVolatilityPerYear, 0),
            network: format.percent(page.motion.networkVolatilityPerYear, 0),
            seed: String(SEED),
          })}
        </p>
      </header>
      <RiskFigures say={say} risk={result} horizonMonths={horizonMonths} capexUsd={result.capexUsd} stops={stops} />
      <Fan
        say={say}
        risk={result}
        capexUsd={result.capexUsd}
        moneyPerUsd={scenario.moneyPerUsd}
        currency={form.currency === 'cny' ? 'CNY' : 'USD'}
      />
      <QuantileTable say={say} risk={result} horizonMonths={horizonMonths} />
    </section>
  );
}
