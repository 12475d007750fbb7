/**
 * The reference against figures that others published: Bitcoin Core's own test values, a retarget of the chain, and what a pool
 * paid in March 2020. The files lie beside the project and are not part of it; in CI their absence is a failure.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { RoiInputs } from '../host/types.ts';
import { listVectorCases } from '../vectors/cases.ts';
import { computeArrivalS, computeSubsidyBtc, retargetDifficulty } from './network-path.ts';
import { computeToday } from './today.ts';

const folder = process.env.SHARED_DATA_DIR ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

function readText(name: string): string {
  return readFileSync(`${folder}/${name}`, 'utf8');
}

type ConsensusVectors = {
  retarget: { case: string; last_retarget_time: number; time: number; nbits: string; next_nbits: string }[];
  nbits_to_difficulty: { nbits: string; difficulty: number }[];
  nbits_tolerance_abs: number;
  subsidy: { initial_sats: number; sum_every_1000th_height_below_14000000_times_1000_sats: number };
};

/** Rows of a CSV file without quoted cells, by column name. */
function readRows(name: string): Record<string, string>[] {
  const [head, ...lines] = readText(name).trim().split(/\r?\n/);
  const columns = head!.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [columns[index]!, cell])));
}

/** The target of a compact "nBits": mantissa * 256^(exponent - 3). */
function toTarget(nbits: string): number {
  const compact = Number.parseInt(nbits, 16);
  return (compact & 0xffffff) * 256 ** ((compact >>> 24) - 3);
}

const TARGET_OF_DIFFICULTY_ONE = 0xffff * 2 ** 208;

/** Difficulty is the easiest target over the target. */
function toDifficulty(nbits: string): number {
  return TARGET_OF_DIFFICULTY_ONE / toTarget(nbits);
}

/** Compact targets drop digits: every target in `[mantissa, mantissa + 1) * 256^k` is written the same. */
function isWrittenAs(difficulty: number, nbits: string): boolean {
  const target = TARGET_OF_DIFFICULTY_ONE / difficulty;
  const step = 256 ** ((Number.parseInt(nbits, 16) >>> 24) - 3);
  const rounding = target * 1e-12;
  return target + rounding >= toTarget(nbits) && target - rounding < toTarget(nbits) + step;
}

if (!existsSync(folder)) {
  it('found no shared data: Bitcoin Core and pool figures were not compared (a failure in CI)', () => {
    console.info(`shared data is absent: ${folder}`);
    expect(process.env.CI).not.toBe('true');
  });
} else {
  const consensus = JSON.parse(readText('consensus/bitcoin_core_vectors.json')) as ConsensusVectors;

  describe('retargetDifficulty', () => {
    it.each(consensus.retarget)('agrees with Bitcoin Core: $case', ({ last_retarget_time, time, nbits, next_nbits }) => {
      // Consensus never goes below difficulty 1 (the proof-of-work limit); DOMAIN leaves that bound out.
      const next = Math.max(1, retargetDifficulty(toDifficulty(nbits), time - last_retarget_time));
      expect(isWrittenAs(next, next_nbits)).toBe(true);
    });

    it('agrees with the retarget at height 554,400 of the chain', () => {
      const headers = JSON.parse(readText('consensus/headersWithRetarget.json')) as {
        oldPeriodStart: { height: number; hex: string };
        chain: { height: number; timestamp: number; difficulty: number }[];
      };
      // A header is version (4 bytes), previous hash (32), merkle root (32), time (4, little-endian), bits, nonce.
      const firstTimeS = Buffer.from(headers.oldPeriodStart.hex.replace(/^0x/, ''), 'hex').readUInt32LE(68);
      const last = headers.chain.find(({ height }) => height === 554_399)!;
      const next = headers.chain.find(({ height }) => height === 554_400)!;
      expect(headers.oldPeriodStart.height).toBe(554_400 - 2016);
      const difficulty = retargetDifficulty(last.difficulty, last.timestamp - firstTimeS);
      // The file gives whole difficulties of compact targets: 23 bits or more.
      expect(Math.abs(difficulty / next.difficulty - 1)).toBeLessThan(2 ** -20);
    });
  });

  describe('computeSubsidyBtc', () => {
    it("adds up to Bitcoin Core's sum over every thousandth height", () => {
      let sumSats = 0;
      for (let height = 0; height < 14_000_000; height += 1000) sumSats += Math.round(computeSubsidyBtc(height) * 1e8) * 1000;
      expect(sumSats).toBe(consensus.subsidy.sum_every_1000th_height_below_14000000_times_1000_sats);
      expect(computeSubsidyBtc(0) * 1e8).toBe(consensus.subsidy.initial_sats);
    });
  });

  describe('computeArrivalS', () => {
    it('agrees with a published time to find one block', () => {
      const published = JSON.parse(readText('profitability/mining_time_and_luck.json')) as {
        cases: { difficulty: number; hashrate_hs: number; expected_seconds: number }[];
      };
      expect(published.cases.length).toBeGreaterThan(0);
      for (const { difficulty, hashrate_hs, expected_seconds } of published.cases) {
        expect(Math.abs(computeArrivalS(0, 1, difficulty, hashrate_hs, 0) / expected_seconds - 1)).toBeLessThan(1e-14);
      }
    });
  });

  describe('computeToday', () => {
    const epoch = readRows('btc/btc_difficulty_by_epoch.csv').find((row) => row.first_height === '620928')!;
    // The page says neither its price nor its fees: all its 58 revenues over their coins meet between 7,925.08 and 7,925.54 USD/BTC, and
    // its coins leave fees out.
    const onPoolPage: RoiInputs = {
      ...listVectorCases()[0]!.input,
      height: 620_928,
      difficulty: Number(epoch.difficulty),
      feesBtcPerBlock: 0,
      priceUsdPerBtc: 7925.3,
      powerUsdPerKwh: 0.05,
      uptimeRatio: 1,
      pue: 1,
      poolFeeRatio: 0,
      count: 1,
      hostingFeeUsdPerMonth: 0,
      maintenanceUsdPerMonth: 0,
    };

    it('pays 1.51911e-5 BTC per TH/s and day at the difficulty of March 2020', () => {
      expect(computeToday({ ...onPoolPage, hashrateThs: 1 }).minedBtcPerDay.toPrecision(6)).toBe('0.0000151911');
    });

    it.each(readRows('profitability/f2pool_2020_03_reference.csv'))('agrees with the pool page of March 2020: $model', (row) => {
      const today = computeToday({ ...onPoolPage, hashrateThs: Number(row.hashrate_ths), powerW: Number(row.power_w) });
      // Printed to 1e-8 BTC and to cents: half a step each; profit is the difference of two rounded figures.
      expect(Math.abs(today.minedBtcPerDay - Number(row.produced_btc_per_day))).toBeLessThanOrEqual(0.51e-8);
      expect(Math.abs(today.powerUsdPerDay - Number(row.electricity_cost_usd_per_day))).toBeLessThanOrEqual(0.0051);
      expect(Math.abs(today.revenueUsdPerDay - Number(row.revenue_usd_per_day))).toBeLessThanOrEqual(0.0051);
      expect(Math.abs(today.netUsdPerDay - Number(row.profit_usd_per_day))).toBeLessThanOrEqual(0.0101);
    });
  });

  it('reads compact targets as Bitcoin Core does', () => {
    for (const { nbits, difficulty } of consensus.nbits_to_difficulty) {
      const tolerance = Math.max(consensus.nbits_tolerance_abs, difficulty * 1e-12);
      expect(Math.abs(toDifficulty(nbits) - difficulty)).toBeLessThanOrEqual(tolerance);
    }
  });
}
