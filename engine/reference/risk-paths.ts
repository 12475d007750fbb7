/**
 * Simulated paths of price and network, the slow and obvious way: the generator on big integers, normals by Math, time in seconds, one event after the other. For tests only.
 */
import type { RiskOptions } from '../host/risk/types.ts';
import type { NetworkInputs } from '../host/types.ts';
import {
  BLOCKS_PER_EPOCH,
  BLOCKS_PER_HALVING,
  HASHES_PER_DIFFICULTY_ONE,
  HASHES_PER_TH,
  INTERVALS_PER_RETARGET,
  S_PER_MONTH,
} from '../units/constants.ts';
import type { CashFlowPath } from './cashflow.ts';
import {
  computeArrivalS,
  computeEpochElapsedS,
  computeImpliedHashrateThs,
  computeRewardBtc,
  integratePrice,
  type MonthOfPath,
  retargetDifficulty,
} from './network-path.ts';

const WORD = 0xffffffffn;
const MONTHS_PER_YEAR = 12;

/** Philox4x32-10 (Salmon, Moraes, Dror, Shaw, SC11) on big integers. */
export function philoxReference(counter: readonly number[], key: readonly number[]): number[] {
  let [c0, c1, c2, c3] = counter.map(BigInt) as [bigint, bigint, bigint, bigint];
  let [k0, k1] = key.map(BigInt) as [bigint, bigint];
  for (let round = 0; round < 10; round++) {
    const product0 = 0xd2511f53n * c0;
    const product1 = 0xcd9e8d57n * c2;
    [c0, c1, c2, c3] = [(product1 >> 32n) ^ c1 ^ k0, product1 & WORD, (product0 >> 32n) ^ c3 ^ k1, product0 & WORD];
    k0 = (k0 + 0x9e3779b9n) & WORD;
    k1 = (k1 + 0xbb67ae85n) & WORD;
  }
  return [c0, c1, c2, c3].map(Number);
}

/** The two independent normals of a pair of paths in a month (from 0): Box and Muller. */
export function drawReferenceNormals(pair: number, month: number, seed: number): [number, number] {
  const key = [seed % 2 ** 32, Math.floor(seed / 2 ** 32)];
  const [w0, w1, w2, w3] = philoxReference([pair, month, 0, 0], key).map(BigInt) as [bigint, bigint, bigint, bigint];
  const uniform = (low: bigint, high: bigint) => (Number(((high << 32n) | low) >> 12n) + 0.5) / 2 ** 52;
  const radius = Math.sqrt(-2 * Math.log(uniform(w0, w1)));
  const angle = 2 * Math.PI * uniform(w2, w3);
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/** Changes of ln price and ln hash rate in a month (from 0) of a path; odd paths are the twins of even ones, with the opposite normals. */
export function drawSteps(network: NetworkInputs, options: RiskOptions, path: number, month: number): { price: number; network: number } {
  const [z1, z2] = drawReferenceNormals(Math.floor(path / 2), month, options.seed);
  const sign = path % 2 === 0 ? 1 : -1;
  const own = Math.sqrt(1 - options.correlation ** 2);
  const perMonth = Math.sqrt(1 / MONTHS_PER_YEAR);
  return {
    price: Math.log1p(network.priceGrowthRatioPerMonth) + sign * options.priceVolatilityPerYear * perMonth * z1,
    network:
      Math.log1p(network.networkGrowthRatioPerMonth) +
      sign * options.networkVolatilityPerYear * perMonth * (options.correlation * z1 + own * z2),
  };
}

/** One path, month by month, as a cash flow takes it. */
export function simulateReferencePath(network: NetworkInputs, options: RiskOptions, path: number): CashFlowPath {
  const months: MonthOfPath[] = [];
  let price = network.priceUsdPerBtc;
  let hashesPerS = (network.networkHashrateThs ?? computeImpliedHashrateThs(network.difficulty)) * HASHES_PER_TH;
  let { height, difficulty } = network;
  let epochStartS = -computeEpochElapsedS(network);
  const blocksToEvent = () => Math.min(BLOCKS_PER_EPOCH - (height % BLOCKS_PER_EPOCH), BLOCKS_PER_HALVING - (height % BLOCKS_PER_HALVING));
  let eventHeight = height + blocksToEvent();
  /** Not whole: between months blocks are under way. */
  let blocksLeft = blocksToEvent();
  for (let month = 0; month < network.horizonMonths; month++) {
    const steps = drawSteps(network, options, path, month);
    const gammaPerS = steps.network / S_PER_MONTH;
    const muPerS = steps.price / S_PER_MONTH;
    const monthStartS = month * S_PER_MONTH;
    let fromS = 0;
    let btcPerThs = 0;
    let usdPerThs = 0;
    while (fromS < S_PER_MONTH) {
      const arrivalS = computeArrivalS(fromS, blocksLeft, difficulty, hashesPerS, gammaPerS);
      const toS = Math.min(arrivalS, S_PER_MONTH);
      const btcPerThPerS = (HASHES_PER_TH / (difficulty * HASHES_PER_DIFFICULTY_ONE)) * computeRewardBtc(network, height);
      btcPerThs += btcPerThPerS * (toS - fromS);
      usdPerThs += btcPerThPerS * integratePrice(price, muPerS, fromS, toS);
      if (arrivalS >= S_PER_MONTH) {
        blocksLeft -= integratePrice(hashesPerS, gammaPerS, fromS, S_PER_MONTH) / (difficulty * HASHES_PER_DIFFICULTY_ONE);
        break;
      }
      fromS = arrivalS;
      height = eventHeight;
      if (height % BLOCKS_PER_EPOCH === 0) {
        const nowS = monthStartS + arrivalS;
        difficulty = retargetDifficulty(difficulty, ((nowS - epochStartS) * INTERVALS_PER_RETARGET) / BLOCKS_PER_EPOCH);
        epochStartS = nowS;
      }
      blocksLeft = blocksToEvent();
      eventHeight = height + blocksLeft;
    }
    months.push({ btcPerThs, usdPerThs, meanPriceUsdPerBtc: integratePrice(price, muPerS, 0, S_PER_MONTH) / S_PER_MONTH });
    price *= Math.exp(steps.price);
    hashesPerS *= Math.exp(steps.network);
  }
  return { months, exitPriceUsdPerBtc: price };
}
