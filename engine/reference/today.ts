/**
 * One day at today's difficulty and price, and the same day reckoned from a measured network hash rate (DOMAIN sections 2 and 3).
 * For tests only.
 */
import type { RoiInputs, Today, Verification } from '../host/types.ts';
import {
  BLOCKS_PER_DAY,
  DAYS_PER_MONTH,
  HASHES_PER_DIFFICULTY_ONE,
  HASHES_PER_TH,
  S_PER_DAY,
  VERIFICATION_TOLERANCE_RATIO,
  W_PER_KW,
} from '../units/constants.ts';
import { computeRewardBtc } from './network-path.ts';

const HOURS_PER_DAY = 24;

/** `86400e12 / (D * 2^32) * (subsidyBtc + feesBtcPerBlock)`, BTC per TH/s and day; under PPS without the fees. */
function computeHashpriceBtcPerThDay(inputs: RoiInputs): number {
  return ((S_PER_DAY * HASHES_PER_TH) / (inputs.difficulty * HASHES_PER_DIFFICULTY_ONE)) * computeRewardBtc(inputs, inputs.height);
}

/** Hash rate of one machine that is paid for, TH/s: `hashrateThs * uptimeRatio * (1 - poolFeeRatio)`. */
function computePaidThs(inputs: RoiInputs): number {
  return inputs.hashrateThs * inputs.uptimeRatio * (1 - inputs.poolFeeRatio);
}

/** `powerW * pue / 1000 * 24 * uptimeRatio` of one machine, kWh. */
export function computeEnergyKwhPerDay(inputs: RoiInputs): number {
  return ((inputs.powerW * inputs.pue) / W_PER_KW) * HOURS_PER_DAY * inputs.uptimeRatio;
}

/** DOMAIN section 3 for all `count` machines. Break-evens are `null` where their divisor is 0. */
export function computeToday(inputs: RoiInputs): Today {
  const hashpriceBtcPerThDay = computeHashpriceBtcPerThDay(inputs);
  const minedBtc = computePaidThs(inputs) * hashpriceBtcPerThDay;
  const revenueUsd = minedBtc * inputs.priceUsdPerBtc;
  const energyKwh = computeEnergyKwhPerDay(inputs);
  const powerUsd = energyKwh * inputs.powerUsdPerKwh;
  const fixedUsd = (inputs.hostingFeeUsdPerMonth + inputs.maintenanceUsdPerMonth) / DAYS_PER_MONTH;
  return {
    hashpriceBtcPerThDay,
    minedBtcPerDay: minedBtc * inputs.count,
    revenueUsdPerDay: revenueUsd * inputs.count,
    energyKwhPerDay: energyKwh * inputs.count,
    powerUsdPerDay: powerUsd * inputs.count,
    fixedUsdPerDay: fixedUsd * inputs.count,
    netUsdPerDay: (revenueUsd - powerUsd - fixedUsd) * inputs.count,
    breakEvenPowerUsdPerKwh: energyKwh === 0 ? null : revenueUsd / energyKwh,
    breakEvenPriceUsdPerBtc: minedBtc === 0 ? null : powerUsd / minedBtc,
  };
}

/**
 * The share method: `144 * (subsidy + fees) / networkHashrateThs` per TH/s and day, on the same machines and the same terms.
 * Both methods pay the same reward, so a ratio below 1 means that more hash rate works than the difficulty implies: blocks come faster.
 */
export function computeVerification(inputs: RoiInputs): Verification {
  const difficultyMethodBtcPerDay = computePaidThs(inputs) * computeHashpriceBtcPerThDay(inputs) * inputs.count;
  if (inputs.networkHashrateThs === null) {
    return { difficultyMethodBtcPerDay, shareMethodBtcPerDay: null, ratio: null, note: 'not_measured' };
  }
  const sharePerThDay = (BLOCKS_PER_DAY * computeRewardBtc(inputs, inputs.height)) / inputs.networkHashrateThs;
  const shareMethodBtcPerDay = computePaidThs(inputs) * sharePerThDay * inputs.count;
  // Nothing mined either way: the two methods are compared by what they are made of, not by 0 / 0.
  const ratio =
    difficultyMethodBtcPerDay === 0
      ? (BLOCKS_PER_DAY / inputs.networkHashrateThs) * ((inputs.difficulty * HASHES_PER_DIFFICULTY_ONE) / (S_PER_DAY * HASHES_PER_TH))
      : shareMethodBtcPerDay / difficultyMethodBtcPerDay;
  const agree = Math.abs(ratio - 1) <= VERIFICATION_TOLERANCE_RATIO;
  return { difficultyMethodBtcPerDay, shareMethodBtcPerDay, ratio, note: agree ? 'agree' : ratio < 1 ? 'blocks_faster' : 'blocks_slower' };
}
