/** The calculator's answer as the inputs of a report. Market figures that nobody typed are left out, so that the report takes them from the market, with source and age. Pure. */

import { type Answer, toOwnerInputs } from '#app/features/calculator/answer/compute-answer.ts';
import type { CalculatorForm } from '#app/features/calculator/inputs/calculator-form.ts';

export function toScenarioInputs(form: CalculatorForm, answer: Answer): Record<string, unknown> {
  // The report is the machine owner's: what a host earns stands on the page.
  const { clientPowerUsdPerKwh: _client, hostCapexUsd: _host, ...inputs } = toOwnerInputs(answer);
  const isBlank = (name: 'price' | 'difficulty' | 'height' | 'fees' | 'network' | 'epoch') => form[name].trim() === '';
  const left: Partial<Record<keyof typeof inputs, true>> = {
    ...(isBlank('price') ? { priceUsdPerBtc: true } : {}),
    ...(isBlank('difficulty') ? { difficulty: true } : {}),
    ...(isBlank('height') ? { height: true } : {}),
    ...(isBlank('fees') ? { feesBtcPerBlock: true } : {}),
    // Implied by difficulty and height where they were not typed; measured ones come from the market with those.
    ...(isBlank('network') ? { networkHashrateThs: true } : {}),
    ...(isBlank('epoch') ? { epochElapsedS: true } : {}),
  };
  const kept = Object.entries(inputs).filter(([name, value]) => value !== null && !Object.hasOwn(left, name));
  return { model: answer.machine.name, ...Object.fromEntries(kept) };
}
