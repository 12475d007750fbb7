/**
 * The whole answer, as the facade gives it, without what belongs to the facade alone (version, warnings, limit of events).
 * The inputs are taken as valid; refusing bad ones is the facade's work. For tests only.
 */
import type { RoiInputs, RoiResult } from '../host/types.ts';
import { DAYS_PER_MONTH } from '../units/constants.ts';
import type { CashFlowPath } from './cashflow.ts';
import { computeMachineFlows, computeProjection } from './cashflow.ts';
import { computeHosting } from './hosting.ts';
import { computeEpochElapsedS, computeImpliedHashrateThs, computeNetworkPath } from './network-path.ts';
import { computeToday, computeVerification } from './today.ts';

/** `events` holds every retarget and halving up to the horizon. */
export type ReferenceResult = Pick<RoiResult, 'inputs' | 'today' | 'projection' | 'host' | 'client' | 'verification' | 'events'>;

/** DOMAIN sections 2 to 5. */
export function projectReference(inputs: RoiInputs): ReferenceResult {
  const path = computeNetworkPath(inputs);
  return {
    inputs: {
      ...inputs,
      epochElapsedS: computeEpochElapsedS(inputs),
      networkHashrateThs: inputs.networkHashrateThs ?? computeImpliedHashrateThs(inputs.difficulty),
    },
    today: computeToday(inputs),
    ...projectMoney(inputs, path),
    verification: computeVerification(inputs),
    events: path.events,
  };
}

/** The money of DOMAIN sections 4 and 5 on any month path, so that a test can bring the engine's own and compare bits. */
export function projectMoney(inputs: RoiInputs, path: CashFlowPath): Pick<ReferenceResult, 'projection' | 'host' | 'client'> {
  const netUsdPerDay = computeToday({ ...inputs, count: 1 }).netUsdPerDay;
  const flows = computeMachineFlows(inputs, path, netUsdPerDay * DAYS_PER_MONTH);
  const hosting = inputs.clientPowerUsdPerKwh === null ? null : computeHosting(inputs, inputs.clientPowerUsdPerKwh, path);
  return {
    projection: computeProjection(flows, inputs.count, inputs.discountRatioPerYear, inputs.priceUsdPerBtc),
    host: hosting === null ? null : hosting.host,
    client: hosting === null ? null : hosting.client,
  };
}
