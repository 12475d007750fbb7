/** Bitmain up to generation 19, the ones still traded. Columns: name, TH/s, W, release, source. */

import { type MachineRow, row } from './machine.ts';
import { agreeing, BITDEER, CATALOGUE_2025, F2POOL_2020, LISTINGS_2022, RESELLER, TABLE_2026, TEMPLATE_2025 } from './sources.ts';

const HYDRO = { cooling: 'hydro' } as const;
const DOUBTFUL = { doubtful: true } as const;
const DOUBTFUL_HYDRO = { cooling: 'hydro', doubtful: true } as const;

export const BITMAIN_OLDER_ROWS: readonly MachineRow[] = [
  row('Antminer S19 XP Hyd 3U', 512, 10600, '2025-01', RESELLER, HYDRO),
  row('Antminer S19 XP+ Hyd', 279, 5301, '2025-01', RESELLER, HYDRO),
  row('Antminer S19 XP+ Hyd (293T)', 293, 5567, '2025-04', RESELLER, HYDRO),
  row('Antminer S19 XP Hyd', 255, 5304, '2023', TABLE_2026, DOUBTFUL_HYDRO),
  row('Antminer S19 XP Hyd (257T)', 257, 5345, '2022-10', RESELLER, HYDRO),
  row('Antminer T19 Pro Hyd', 235, 5170, '2024-02', RESELLER, HYDRO),
  row('Antminer S19 Pro+ Hyd', 198, 5445, '2022-05', agreeing(TABLE_2026, RESELLER), HYDRO),
  row('Antminer S19 Pro Hyd', 177, 5221, '2023-01', RESELLER, HYDRO),
  row('Antminer S19 Hyd', 158, 5451, '2022-10', RESELLER, DOUBTFUL_HYDRO),
  row('Antminer T19 Hyd', 145, 5438, '2022-10', RESELLER, HYDRO),
  row('Antminer T19 Hyd (158T)', 158, 5451, '2022-10', RESELLER, HYDRO),
  row('Antminer S19j XP', 151, 3247, '2024-06', RESELLER),
  row('Antminer S19 XP', 140, 3010, '2022-07', agreeing(CATALOGUE_2025, TABLE_2026, LISTINGS_2022, RESELLER)),
  row('Antminer S19 XP (141T)', 141, 3010, '2022', LISTINGS_2022, DOUBTFUL),
  row('Antminer S19k Pro', 120, 2760, '2023', agreeing(BITDEER, TABLE_2026)),
  row('Antminer S19j Pro', 104, 3068, '2021-06', agreeing(CATALOGUE_2025, LISTINGS_2022), DOUBTFUL),
  row('Antminer S19j Pro (110T)', 110, 3250, '2022', LISTINGS_2022),
  row('Antminer S19j Pro (100T)', 100, 3050, '2021', TABLE_2026, DOUBTFUL),
  row('Antminer S19j Pro (96T)', 96, 2832, '2022', LISTINGS_2022),
  row('Antminer S19j Pro (92T)', 92, 2714, '2022', LISTINGS_2022),
  row('Antminer S19j Pro (88T)', 88, 2596, '2022', LISTINGS_2022),
  row('Antminer S19 Pro', 110, 3250, '2020-05', agreeing(CATALOGUE_2025, TABLE_2026, LISTINGS_2022, F2POOL_2020)),
  row('Antminer S19 Pro (104T)', 104, 3068, '2022', LISTINGS_2022),
  row('Antminer S19a', 96, 3312, '2022', LISTINGS_2022),
  row('Antminer S19', 95, 3250, '2020-02', agreeing(TABLE_2026, F2POOL_2020)),
  row('Antminer S19 (90T)', 90, 3105, '2022', LISTINGS_2022, DOUBTFUL),
  row('Antminer T19', 84, 3150, '2020', agreeing(TABLE_2026, TEMPLATE_2025)),
  row('Antminer T19 (88T)', 88, 3150, null, CATALOGUE_2025, DOUBTFUL),
  row('Antminer S17+', 73, 2920, '2019-10', F2POOL_2020),
  row('Antminer S17+ (67T)', 67, 2680, '2020-01', F2POOL_2020),
  row('Antminer S17e', 64, 2880, '2019-09', agreeing(TABLE_2026, F2POOL_2020)),
  row('Antminer S17 Pro', 53, 2094, '2019-04', agreeing(TABLE_2026, F2POOL_2020)),
  row('Antminer S17 Pro (50T)', 50, 1975, '2019-10', F2POOL_2020),
  row('Antminer S17', 53, 2385, '2019-04', F2POOL_2020),
  row('Antminer T17+', 64, 3220, '2019-10', F2POOL_2020, DOUBTFUL),
  row('Antminer T17+ (55T)', 55, 2750, '2020-01', F2POOL_2020),
  row('Antminer T17e', 53, 2915, '2019-09', agreeing(TABLE_2026, F2POOL_2020)),
  row('Antminer T17', 40, 2200, '2019-04', F2POOL_2020),
  row('Antminer S15', 28, 1596, '2018-11', F2POOL_2020),
  row('Antminer T15', 23, 1541, '2018-11', F2POOL_2020),
  row('Antminer S11', 20.5, 1435, '2018-12', F2POOL_2020),
  row('Antminer S9 Hydro', 18, 1728, '2018-08', F2POOL_2020, HYDRO),
  row('Antminer S9 SE', 16, 1280, '2019-08', F2POOL_2020),
  row('Antminer S9j', 14.5, 1350, '2018-08', F2POOL_2020),
  row('Antminer S9i', 14, 1320, '2018-05', F2POOL_2020),
  row('Antminer S9', 13.5, 1323, '2016-06', agreeing(TABLE_2026, LISTINGS_2022), DOUBTFUL),
  row('Antminer T9+', 10.5, 1432, '2018-01', F2POOL_2020),
];
