/** Tells those who listen what the answer has become, once the inputs have come to rest. */
import { useEffect, useState } from 'react';
import { createSay, useCalculatorTexts, useFormat, useSelected } from '#app/features/calculator/use-calculator.ts';
import { findHeadline, netUsdPerDayOf } from './findings.ts';
import { sayHeadline } from './say-finding.ts';

/** A slider speaks when it rests, not at every step. */
const REST_MS = 800;

export function LiveHeadline() {
  const t = useCalculatorTexts();
  const format = useFormat();
  const answer = useSelected((state) => state.answer);
  // What the page was loaded with is read by the reader, not announced.
  const hasComputed = useSelected((state) => state.computedCount > 0);
  const [spoken, setSpoken] = useState('');
  useEffect(() => {
    if (answer === null || !hasComputed) return;
    const timer = setTimeout(() => {
      const say = createSay(t, format, answer);
      setSpoken(`${sayHeadline(say, findHeadline(answer))}. ${t('answer.netToday')}: ${say.amounts.signedDaily(netUsdPerDayOf(answer))}`);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [answer, hasComputed, t, format]);
  return (
    <output className="vh" aria-live="polite">
      {spoken}
    </output>
  );
}
