/** Bitdeer, Auradine, Proto, and the small makers whose machines are still traded. Columns: name, TH/s, W, release, source. */

import { type MachineRow, row } from './machine.ts';
import { agreeing, BITDEER, CATALOGUE_2025, F2POOL_2020, RESELLER, TABLE_2026, TEMPLATE_2025 } from './sources.ts';

const HYDRO = { cooling: 'hydro' } as const;
const DOUBTFUL = { doubtful: true } as const;

export const BITDEER_ROWS: readonly MachineRow[] = [
  row('SEALMINER A4 Ultra Hyd', 886, 8373, '2026-05', BITDEER, HYDRO),
  row('SEALMINER A4 Pro Hyd', 680, 7412, '2026-05', agreeing(BITDEER, RESELLER), HYDRO),
  row('SEALMINER A4 Pro Air', 336, 3662, '2026-05', agreeing(BITDEER, RESELLER)),
  row('SEALMINER A3 Pro Hyd', 660, 8250, '2025-09', agreeing(BITDEER, RESELLER), HYDRO),
  row('SEALMINER A3 Hyd', 500, 6750, '2025-09', agreeing(BITDEER, RESELLER), HYDRO),
  row('SEALMINER A3 Pro Air', 290, 3625, '2025-09', RESELLER),
  row('SEALMINER A3 Air', 260, 3640, '2025-09', RESELLER),
  row('SEALMINER A2 Pro Hyd', 500, 7450, '2025-03', agreeing(BITDEER, RESELLER, TEMPLATE_2025), HYDRO),
  row('SEALMINER A2 Hyd', 446, 7360, '2025-02', RESELLER, HYDRO),
  row('SEALMINER A2 Pro Air', 255, 3790, '2025-03', RESELLER, DOUBTFUL),
  row('SEALMINER A2', 226, 3729, '2025-02', BITDEER),
];

export const AURADINE_ROWS: readonly MachineRow[] = [
  row('Teraflux AH3880', 600, 10740, '2025-03', RESELLER, { cooling: 'hydro', doubtful: true }),
  row('Teraflux AI3680', 360, 6840, '2024-12', RESELLER, { cooling: 'immersion', doubtful: true }),
  row('Teraflux AT2880', 260, 4680, '2024-11', RESELLER, DOUBTFUL),
];

export const PROTO_ROWS: readonly MachineRow[] = [row('Proto Rig', 819, 12000, '2025-09', RESELLER)];

export const INNOSILICON_ROWS: readonly MachineRow[] = [
  row('Innosilicon T3+', 57, 3300, '2019-09', agreeing(CATALOGUE_2025, F2POOL_2020)),
  row('Innosilicon T3+ (67T)', 67, 3300, '2019-11', F2POOL_2020),
  row('Innosilicon T3', 43, 2100, '2018-11', F2POOL_2020),
  row('Innosilicon T2T (30T)', 30, 2200, '2019-08', F2POOL_2020),
];

export const EBANG_ROWS: readonly MachineRow[] = [
  row('Ebit E12+', 50, 2500, '2019-06', agreeing(TABLE_2026, F2POOL_2020)),
  row('Ebit E12', 44, 2500, '2019-09', CATALOGUE_2025, DOUBTFUL),
  row('Ebit E11++', 44, 1980, '2018-10', agreeing(TABLE_2026, F2POOL_2020)),
];

export const HALONG_ROWS: readonly MachineRow[] = [row('DragonMint T1', 16, 1480, '2018-04', agreeing(CATALOGUE_2025, F2POOL_2020))];

export const STRONGU_ROWS: readonly MachineRow[] = [row('StrongU STU-U8', 46, 2100, '2019-05', F2POOL_2020)];

export const BITFURY_ROWS: readonly MachineRow[] = [row('Bitfury Tardis B8', 80, 6300, '2018-10', F2POOL_2020)];
