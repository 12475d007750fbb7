/**
 * Parts that the first view does without: their code, their words and their work are fetched when they come near the screen. An address that asks for one has it from
 * the server, script or not.
 */
import { Await } from '@remix-run/react';
import { lazy, Suspense, useRef } from 'react';
import { type CalculatorForm, FIRST_SEED, isFlexibleAsked, isRiskAsked } from '#app/features/calculator/inputs/calculator-form.ts';
import { toCalculatorParams, WITHOUT_SCRIPT } from '#app/features/calculator/inputs/calculator-url.ts';
import { useCalculator, useCalculatorTexts } from '#app/features/calculator/use-calculator.ts';
import { useWasSeen } from '#app/features/calculator/when-seen.ts';

// The server renders in one pass and so needs the code at once; the build leaves one of the two ways in each bundle.
const RiskPart = import.meta.env.SSR
  ? (await import('./risk-part.tsx')).RiskPart
  : lazy(() => import('./risk-part.tsx').then((module) => ({ default: module.RiskPart })));
const FlexiblePart = import.meta.env.SSR
  ? (await import('./flexible-part.tsx')).FlexiblePart
  : lazy(() => import('./flexible-part.tsx').then((module) => ({ default: module.FlexiblePart })));

/** Form that asks the server for a part. */
const ASKED = { risk: { seed: String(FIRST_SEED) }, flexible: { curve: 'sample' } } as const satisfies Record<
  string,
  Partial<CalculatorForm>
>;
type PartName = keyof typeof ASKED;

/** As high as the part, about; for a browser without script it says how to see it. */
function Waiting({ name }: { name: PartName }) {
  const t = useCalculatorTexts();
  const { page } = useCalculator();
  const params = toCalculatorParams({ ...page.form, ...ASKED[name] });
  params.set(WITHOUT_SCRIPT, '1');
  return (
    <>
      <header className="hold">
        <h2>{t(`late.${name}`)}</h2>
        <p className="small scripted">{t('heat.loading')}</p>
        <noscript>
          <p className="small">
            <a href={`?${params}#${name}`}>{t(`late.${name}Link`)}</a>
          </p>
        </noscript>
      </header>
      <div className="late-bone" />
    </>
  );
}

/** On paper, in the place of a part that has no figures of the present inputs: that it is left out, and what to do about it. */
function LeftOut({ name }: { name: PartName }) {
  const t = useCalculatorTexts();
  return <p className="left-out small">{t('late.notPrinted', { title: t(`late.${name}`) })}</p>;
}

export function RiskSection() {
  const { page } = useCalculator();
  const section = useRef<HTMLElement>(null);
  const wasSeen = useWasSeen(section, isRiskAsked(page.form));
  return (
    <section className="sec late" id="risk" ref={section}>
      <LeftOut name="risk" />
      {wasSeen ? (
        <Suspense fallback={<Waiting name="risk" />}>
          <Await resolve={page.risk} errorElement={<RiskPart first={null} />}>
            {(first) => <RiskPart first={first} />}
          </Await>
        </Suspense>
      ) : (
        <Waiting name="risk" />
      )}
    </section>
  );
}

export function FlexibleSection() {
  const { page } = useCalculator();
  const section = useRef<HTMLElement>(null);
  const wasSeen = useWasSeen(section, isFlexibleAsked(page.form));
  return (
    <section className="sec late" id="flexible" ref={section}>
      <LeftOut name="flexible" />
      {wasSeen ? (
        <Suspense fallback={<Waiting name="flexible" />}>
          <Await resolve={page.flexible} errorElement={<FlexiblePart first={null} />}>
            {(first) => <FlexiblePart first={first} />}
          </Await>
        </Suspense>
      ) : (
        <Waiting name="flexible" />
      )}
    </section>
  );
}
