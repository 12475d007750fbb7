/** Bitmain, generations 21 and 23. Columns: name, TH/s, W, release, source. */

import { type MachineRow, row } from './machine.ts';
import { agreeing, BITDEER, BITMAIN, CATALOGUE_2025, RESELLER, TABLE_2026, TEMPLATE_2025 } from './sources.ts';

const HYDRO = { cooling: 'hydro' } as const;
const IMMERSION = { cooling: 'immersion' } as const;
const DOUBTFUL = { doubtful: true } as const;

export const BITMAIN_CURRENT_ROWS: readonly MachineRow[] = [
  row('Antminer S23 Hyd 3U', 1160, 11020, '2026-01', agreeing(BITMAIN, RESELLER), HYDRO),
  row('Antminer S23e Hyd 2U', 865, 8650, '2026-04', agreeing(BITMAIN, RESELLER), HYDRO),
  row('Antminer S23 Hyd', 580, 5510, '2026-01', agreeing(BITMAIN, RESELLER), HYDRO),
  row('Antminer S23 Imm', 442, 5304, '2026-01', RESELLER, IMMERSION),
  row('Antminer S23', 318, 3498, '2026-01', RESELLER),
  row('Antminer S21e XP Hyd 3U', 860, 11180, '2025-01', agreeing(RESELLER, TEMPLATE_2025), HYDRO),
  row('Antminer S21 XP+ Hyd', 500, 5500, '2025-07', agreeing(BITMAIN, RESELLER), HYDRO),
  row('Antminer S21j XP Hyd', 495, 5940, '2026-03', agreeing(BITMAIN, RESELLER), HYDRO),
  row('Antminer S21 XP Hyd', 473, 5676, '2024-11', agreeing(BITMAIN, CATALOGUE_2025, RESELLER), HYDRO),
  row('Antminer S21e XP Hyd', 430, 5590, '2024-11', agreeing(BITMAIN, RESELLER), HYDRO),
  row('Antminer S21+ Hyd', 319, 4785, '2025-02', RESELLER, HYDRO),
  row('Antminer S21+ Hyd (358T)', 358, 5370, '2025-08', RESELLER, HYDRO),
  row('Antminer S21 Hyd', 335, 5360, '2024-02', agreeing(BITDEER, CATALOGUE_2025, TABLE_2026, RESELLER), HYDRO),
  row('Antminer S21e Hyd', 288, 4896, '2025-04', RESELLER, HYDRO),
  row('Antminer S21e Hyd (310T)', 310, 5270, '2025-08', RESELLER, HYDRO),
  row('Antminer S21 Imm', 301, 5569, '2024-12', RESELLER, { cooling: 'immersion', doubtful: true }),
  row('Antminer S21 XP Imm', 300, 4050, '2024-09', RESELLER, IMMERSION),
  row('Antminer S21 XP', 270, 3645, '2024-09', agreeing(BITMAIN, RESELLER)),
  row('Antminer S21 Pro', 234, 3510, '2024-07', agreeing(TABLE_2026, RESELLER), DOUBTFUL),
  row('Antminer S21 Pro (245T)', 245, 3675, '2025-11', RESELLER, DOUBTFUL),
  row('Antminer S21+', 216, 3564, '2025-02', RESELLER),
  row('Antminer S21+ (225T)', 225, 3712, '2025-06', RESELLER),
  row('Antminer S21+ (235T)', 235, 3877, '2025-06', RESELLER),
  row('Antminer S21', 200, 3500, '2024-02', agreeing(CATALOGUE_2025, TABLE_2026, RESELLER), DOUBTFUL),
  row('Antminer S21 (195T)', 195, 3500, '2025-07', CATALOGUE_2025, DOUBTFUL),
  row('Antminer T21', 190, 3610, '2024-02', agreeing(BITDEER, RESELLER)),
  row('Antminer T21 (180T)', 180, 3420, '2024-04', RESELLER),
];
