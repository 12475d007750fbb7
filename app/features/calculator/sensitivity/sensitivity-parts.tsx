/**
 * Heat maps and tornado: streamed after the answer, then recomputed here at every input. The parts listen to the store from inside
 * their boundary, so a change before they have arrived cannot disturb them.
 */
import { Await } from '@remix-run/react';
import { Suspense } from 'react';
import { toCalculatorParams, WITHOUT_SCRIPT } from '#app/features/calculator/inputs/calculator-url.ts';
import { useCalculator, useCalculatorTexts } from '#app/features/calculator/use-calculator.ts';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import type { Sensitivity } from './compute-sensitivity.ts';
import { HeatMapSkeleton } from './heat-map-table.tsx';
import { HeatPart } from './heat-parts.tsx';
import { TornadoPart } from './tornado-part.tsx';
import { TornadoSkeleton } from './tornado-view.tsx';

export type PartName = 'power' | 'difficulty' | 'tornado';

/** `first`: what the server sent; replaced by what was computed here as soon as an input moved. */
function Part({ name, first }: { name: PartName; first: Sensitivity | null }) {
  return name === 'tornado' ? <TornadoPart first={first} /> : <HeatPart kind={name} first={first} />;
}

/** Same height as the part to come. For a browser without script it says how to see it. */
function Waiting({ name }: { name: PartName }) {
  const t = useCalculatorTexts();
  const { page } = useCalculator();
  const params = toCalculatorParams(page.form);
  params.set(WITHOUT_SCRIPT, '1');
  return (
    <section className="sec" aria-busy="true">
      <header className="hold">
        <h2>{t(`${name}.none`)}</h2>
        <p className="small scripted">{t('heat.loading')}</p>
        <noscript>
          <p className="small">
            {t('heat.noScript')}
            <SentenceGap />
            <a href={`?${params}`}>{t('heat.noScriptLink')}</a>
          </p>
        </noscript>
      </header>
      {name === 'tornado' ? <TornadoSkeleton /> : <HeatMapSkeleton />}
    </section>
  );
}

/** Without an answer nothing is computed; with the first good one the store has what the server could not send. */
export function SensitivityPart({ name }: { name: PartName }) {
  const { page } = useCalculator();
  return (
    <Suspense fallback={<Waiting name={name} />}>
      <Await resolve={page.sensitivity} errorElement={<Part name={name} first={null} />}>
        {(first) => <Part name={name} first={first} />}
      </Await>
    </Suspense>
  );
}
