/**
 * The room against lists that others made. They lie beside the project and are not part of it; in CI their absence is a failure.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readWhole, type Travelled } from './fixtures.ts';
import { listMissing } from './mapping/mapping.ts';
import { isBalanced } from './rows/row-ledger.ts';

const shared = process.env.SHARED_DATA_DIR ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const folder = `${shared}/inventory`;

const readFile = (name: string): Promise<Travelled> => readWhole(new Uint8Array(readFileSync(`${folder}/${name}`)));
const noPrice = { powerUsdPerKwh: null };

if (!existsSync(folder)) {
  it('found no shared lists: none was read (a failure in CI)', () => {
    console.info(`shared lists are absent: ${folder}`);
    expect(process.env.CI).not.toBe('true');
  });
} else {
  describe('lists of others', () => {
    it.each(readdirSync(folder))('%s: every row comes out as one of three', async (name) => {
      const { batch } = await readFile(name);
      expect(isBalanced(batch.ledger)).toBe(true);
    });

    it('the template without units is understood without a question', async () => {
      const { mapping, batch } = await readFile('batch_calculator_template.csv');
      expect(mapping.columns.map(({ field, unit }) => `${field} ${unit}`)).toEqual([
        'model null',
        'count machines',
        'powerW W',
        'capexUsd USD',
        'powerUsdPerKwh USD/kWh',
        'hashrateThs TH/s',
        'hashrateDecayRatioPerMonth %/month',
      ]);
      expect(mapping.columns.flatMap(({ questions }) => questions)).toEqual([]);
      expect(batch.ledger).toMatchObject({ rowsIn: 10, rowsOk: 10 });
      expect(batch.rows[0]!.inputs).toMatchObject({
        count: 10,
        powerW: 3250,
        capexUsd: 2500,
        powerUsdPerKwh: 0.08,
        hashrateThs: 110,
        hashrateDecayRatioPerMonth: 0.005,
      });
    });

    it('the list with Chinese in its headers keeps all 47 rows, and every model is known', async () => {
      const { batch } = await readFile('miners_with_hashrate_decay_zh_header.csv');
      expect(batch.ledger).toMatchObject({ rowsIn: 47, rowsOk: 47 });
      expect(batch.rows.every(({ match }) => match !== null)).toBe(true);
      expect(batch.rows[3]!.inputs).toMatchObject({ count: 12, hashrateThs: 140 });
      expect(batch.rows[3]!.inputs.hashrateDecayRatioPerMonth).toBeCloseTo(0.0035, 15);
    });

    it('the English template gives its serial numbers, dollars and machines', async () => {
      const { batch } = await readFile('miner_import_template_en.csv');
      expect(batch.rows.map(({ serial, match, inputs }) => [serial, match?.machine.slug, inputs.capexUsd])).toEqual([
        ['M001', 'antminer-s21e-xp-hyd-3u', 17_000],
        ['M002', 'teraflux-ah3880', 7800],
        ['M003', 'sealminer-a2-pro-hyd', 3958],
      ]);
    });

    it.each([
      ['edge_bindings_1row.csv', 1],
      ['luxos_export_1row.csv', 1],
      ['luxos_tooling_miners.csv', 13],
    ])('%s holds no machines to compute, says what is missing, and loses no line', async (name, rows) => {
      const { mapping, batch } = await readFile(name);
      expect(listMissing(mapping, noPrice)).toEqual(['hashrateThs', 'powerW', 'powerUsdPerKwh']);
      expect(batch.ledger).toMatchObject({ rowsIn: rows, rowsOk: 0, rowsInError: rows });
    });
  });
}
