/** A known case that a running process can check itself against: golden case A of DOMAIN.md. */
import type { Invalid, RoiInputs, RoiResult } from './types.ts';

const SELF_TEST_INPUTS: RoiInputs = {
  height: 925_000,
  difficulty: 119.12e12,
  feesBtcPerBlock: 0.03,
  epochElapsedS: null,
  networkHashrateThs: null,
  networkGrowthRatioPerMonth: 0.02,
  priceUsdPerBtc: 80_000,
  priceGrowthRatioPerMonth: 0.01,
  horizonMonths: 48,
  payoutModel: 'FPPS',
  hashrateThs: 200,
  powerW: 3500,
  count: 1,
  powerUsdPerKwh: 0.05,
  poolFeeRatio: 0.02,
  uptimeRatio: 0.97,
  pue: 1,
  hashrateDecayRatioPerMonth: 0.002,
  hostingFeeUsdPerMonth: 0,
  maintenanceUsdPerMonth: 0,
  capexUsd: 3000,
  residualUsd: 0,
  heldRatio: 0,
  discountRatioPerYear: 0.1,
  shutdownWhenUnprofitable: true,
  clientPowerUsdPerKwh: null,
  hostCapexUsd: 0,
};
const SELF_TEST_NPV_USD = -769.8916886687234;
const SELF_TEST_TOLERANCE = 1e-9;

/** Readiness check of a process: does this module, on this machine, give the known answer? */
export function runSelfTest(project: (inputs: RoiInputs) => RoiResult | Invalid): { ok: boolean; detail: string } {
  const result = project(SELF_TEST_INPUTS);
  if (result.kind === 'invalid') return { ok: false, detail: 'golden case A was refused' };
  const { npvUsd } = result.projection;
  const ok = Math.abs(npvUsd / SELF_TEST_NPV_USD - 1) <= SELF_TEST_TOLERANCE;
  return {
    ok,
    detail: ok ? `engine ${result.engineVersion} agrees with golden case A` : `golden case A: NPV ${npvUsd}, expected ${SELF_TEST_NPV_USD}`,
  };
}
