/** What simulated paths say about a purchase, as a fact without words. Pure. */
import type { Risk } from '#engine';

export type RiskFinding =
  | { kind: 'always' | 'likely' | 'unlikely' | 'never'; probability: number }
  /** No price was paid, so there is nothing to pay back. */
  | { kind: 'nothingToPay'; p5NpvUsd: number };

export function findRiskFinding(risk: Pick<Risk, 'probabilityOfPayback' | 'quantiles'>, capexUsd: number): RiskFinding {
  const { probabilityOfPayback: probability } = risk;
  if (capexUsd === 0) return { kind: 'nothingToPay', p5NpvUsd: risk.quantiles.npvUsd.p5 };
  if (probability === 0) return { kind: 'never', probability };
  if (probability === 1) return { kind: 'always', probability };
  return { kind: probability >= 0.5 ? 'likely' : 'unlikely', probability };
}
