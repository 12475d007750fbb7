/** What the pages of saved scenarios are given, and what their form comes to. */
import type { ShownCurrency } from '#app/ui/amounts.ts';
import type { ScenarioEntry, ScenarioExplanation } from './scenario-answer.ts';

/** What the calculator holds at this moment, when the reader comes from there. */
export type CurrentView =
  | {
      kind: 'ok';
      /** Parameters of the calculator and the mark that they are meant. */
      search: string;
      machine: string;
      count: number;
      powerUsdPerKwh: number;
      priceUsdPerBtc: number;
      horizonMonths: number;
    }
  | { kind: 'no-answer'; search: string };

export type ScenariosView = { mayWrite: boolean; current: CurrentView | null; scenarios: ScenarioEntry[] };

export type ScenarioResult =
  | { kind: 'deleted' }
  | { kind: 'refused'; reason: 'not-found' | 'intent' | 'no-answer' }
  | { kind: 'too-many'; max: number };

export type ExplanationView = {
  explanation: ScenarioExplanation;
  /** Of what is asked now. */
  shown: ShownCurrency;
  /** The same currency at the rate of then, for amounts of then. */
  shownThen: ShownCurrency;
  /** The calculator's parameters of now, to open it. */
  search: string;
  /** The figures are those of the machine's owner, and the calculator shows the host's. */
  isHostView: boolean;
};
