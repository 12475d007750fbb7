/** Canaan Avalon, A7 to A16 and the home machines. Columns: name, TH/s, W, release, source. */

import { type MachineRow, row } from './machine.ts';
import { agreeing, CANAAN, CATALOGUE_2025, F2POOL_2020, HASHRATE_INDEX, LISTINGS_2022, RESELLER, TABLE_2026 } from './sources.ts';

const DOUBTFUL = { doubtful: true } as const;

export const CANAAN_ROWS: readonly MachineRow[] = [
  row('Avalon A16XP', 300, 3850, '2025-10', agreeing(HASHRATE_INDEX, CANAAN)),
  row('Avalon A16', 282, 3900, '2025-10', agreeing(HASHRATE_INDEX, CANAAN)),
  row('Avalon A15Pro', 221, 3662, '2025-03', RESELLER),
  row('Avalon A15Pro (218T)', 218, 3662, '2025-02', RESELLER),
  row('Avalon A15XP', 206, 3667, '2024-12', RESELLER),
  row('Avalon A15', 194, 3647, '2024-12', RESELLER),
  row('Avalon A1566HA 2U', 480, 8064, '2025-06', RESELLER, { cooling: 'hydro' }),
  row('Avalon A1566I', 261, 4500, '2024-07', RESELLER, { cooling: 'immersion', doubtful: true }),
  row('Avalon A1566', 185, 3420, '2024-10', agreeing(CATALOGUE_2025, RESELLER), DOUBTFUL),
  row('Avalon A1466I', 170, 3315, '2024-04', CATALOGUE_2025, { cooling: 'immersion' }),
  row('Avalon A1466', 150, 3230, '2023-09', agreeing(CATALOGUE_2025, RESELLER), DOUBTFUL),
  row('Avalon A1366', 130, 3250, '2022', agreeing(CATALOGUE_2025, TABLE_2026), DOUBTFUL),
  row('Avalon A1346', 110, 3250, '2022', TABLE_2026, DOUBTFUL),
  row('Avalon A1266', 100, 3500, '2022-04', CATALOGUE_2025, DOUBTFUL),
  row('Avalon A1246', 90, 3420, '2020', TABLE_2026),
  row('Avalon A1166 Pro', 81, 3400, '2020', TABLE_2026),
  row('Avalon A1166', 68, 3196, '2019-10', F2POOL_2020, DOUBTFUL),
  row('Avalon A1146', 58, 3248, '2019-10', F2POOL_2020),
  row('Avalon A1066', 50, 3250, '2019-10', agreeing(TABLE_2026, LISTINGS_2022, F2POOL_2020)),
  row('Avalon A1047', 37, 2380, '2019-10', F2POOL_2020),
  row('Avalon A1041', 31, 1736, '2019-03', F2POOL_2020),
  row('Avalon A1026', 35, 2415, '2019-10', F2POOL_2020),
  row('Avalon A921', 20, 1700, '2018-10', F2POOL_2020),
  row('Avalon A851', 14.5, 1450, '2018-05', F2POOL_2020),
  row('Avalon A841', 13.6, 1290, '2018-04', F2POOL_2020),
  row('Avalon A821', 11.5, 1200, '2017-12', F2POOL_2020),
  row('Avalon A741', 7.3, 1150, '2016-12', F2POOL_2020),
  row('Avalon Q', 90, 1674, '2025', CANAAN),
  row('Avalon Mini 3', 37.5, 800, '2025', CANAAN),
  row('Avalon Nano 3S', 6, 140, '2025', CANAAN),
];
