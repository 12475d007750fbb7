/** What matters most: title, base and bars. */
import { useRef } from 'react';
import { findTornadoFinding } from '#app/features/calculator/answer/findings.ts';
import { sayMapScope, sayTornadoFinding } from '#app/features/calculator/answer/say-finding.ts';
import { createSay, useCalculatorTexts, useFormat } from '#app/features/calculator/use-calculator.ts';
import { useSelectedWhenSeen } from '#app/features/calculator/when-seen.ts';
import type { Sensitivity } from './compute-sensitivity.ts';
import { toTornadoChart } from './tornado-bars.ts';
import { TornadoView } from './tornado-view.tsx';

export function TornadoPart({ first }: { first: Sensitivity | null }) {
  const t = useCalculatorTexts();
  const format = useFormat();
  const section = useRef<HTMLElement>(null);
  const { answer, readSensitivity } = useSelectedWhenSeen(section, (state) => state);
  if (answer === null) return null;
  const tornado = (readSensitivity() ?? first)?.tornado ?? null;
  const say = createSay(t, format, answer);
  const chart = tornado === null ? null : toTornadoChart(tornado, answer.moneyPerUsd);
  const finding = chart === null ? null : findTornadoFinding(chart.bars);
  return (
    <section className="sec" ref={section}>
      <header className="hold">
        <h2>{finding === null ? t('tornado.none') : sayTornadoFinding(say, finding)}</h2>
        <p className="small">
          {chart === null
            ? t('heat.failed')
            : t('tornado.sub', { scope: sayMapScope(say, answer), base: format.signedMoney(chart.base, say.amounts.code, 0) })}
        </p>
      </header>
      {chart === null ? null : <TornadoView say={say} chart={chart} />}
    </section>
  );
}
