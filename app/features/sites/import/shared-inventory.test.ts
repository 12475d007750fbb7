/**
 * The import against exports of other fleet tools. They lie beside the project and are not part of it; in CI their absence is a failure.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fieldsOf, readList } from './read-list.fixture.ts';

const shared = process.env.SHARED_DATA_DIR ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const folder = `${shared}/inventory`;
const read = (name: string) => readList(new Uint8Array(readFileSync(`${folder}/${name}`)));
const machinesOf = ({ plan }: Awaited<ReturnType<typeof read>>) => plan.created.map(({ machine }) => machine);

if (!existsSync(folder)) {
  it('found no shared lists: none was read (a failure in CI)', () => {
    console.info(`shared lists are absent: ${folder}`);
    expect(process.env.CI).not.toBe('true');
  });
} else {
  describe('exports of other fleet tools', () => {
    it('one with addresses, ports, ranges and remarks gives every machine', async () => {
      const list = await read('luxos_tooling_miners.csv');
      expect(machinesOf(list).map(({ host, port }) => `${host}:${port ?? ''}`)).toEqual([
        '127.0.0.1:',
        '127.0.0.2:8080',
        '127.0.0.3:',
        '127.0.0.4:',
        '127.0.0.5:9999',
        '127.0.0.6:9999',
        '127.0.0.7:9999',
        'somehost:',
        'another.host:',
        'one.more:12345',
      ]);
      expect(list.readings.filter(({ kind }) => kind === 'problems')).toEqual([]);
    });

    it('one of firmware settings gives address, MAC address, firmware and worker', async () => {
      const [machine] = machinesOf(await read('luxos_export_1row.csv'));
      expect(machine).toMatchObject({
        host: '192.168.12.121',
        macAddress: '50:74:68:61:44:69',
        firmware: 'luxos 2023.7.21.214218-b59e9d1',
        worker: 'Dirtyshotya2.',
      });
    });

    it('one of bindings gives number, address and port, and leaves credentials alone', async () => {
      const list = await read('edge_bindings_1row.csv');
      expect(machinesOf(list)).toMatchObject([{ serial: 'MINER-0001', host: '192.168.1.10', port: 4028, worker: null }]);
      expect(fieldsOf(list.mapping)).toMatchObject({ username: null, password: null, site_id: null, notes: null });
    });

    it('the English template gives numbers, models and rated figures', async () => {
      expect(
        machinesOf(await read('miner_import_template_en.csv')).map(
          ({ serial, catalogueId, ratedHashrateThs, ratedPowerW, purchaseUsd }) => [
            serial,
            catalogueId,
            ratedHashrateThs,
            ratedPowerW,
            purchaseUsd,
          ],
        ),
      ).toEqual([
        ['M001', 'antminer-s21e-xp-hyd-3u', 860, 11_180, 17_000],
        ['M002', 'teraflux-ah3880', 600, 8_700, 7_800],
        ['M003', 'sealminer-a2-pro-hyd', 500, 7_450, 3_958],
      ]);
    });
  });
}
