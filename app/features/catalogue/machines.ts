/** The catalogue: every SHA-256 machine the product knows, newest generation of each maker first. Pure data, no I/O. */
import { type Machine, type MachineRow, type Maker, toMachine } from './machine.ts';
import { BITMAIN_CURRENT_ROWS } from './machines-bitmain.ts';
import { BITMAIN_OLDER_ROWS } from './machines-bitmain-older.ts';
import { CANAAN_ROWS } from './machines-canaan.ts';
import { MICROBT_ROWS } from './machines-microbt.ts';
import {
  AURADINE_ROWS,
  BITDEER_ROWS,
  BITFURY_ROWS,
  EBANG_ROWS,
  HALONG_ROWS,
  INNOSILICON_ROWS,
  PROTO_ROWS,
  STRONGU_ROWS,
} from './machines-other-makers.ts';

export type { Cooling, Machine, Maker } from './machine.ts';

const ROWS_BY_MAKER: readonly (readonly [Maker, readonly MachineRow[]])[] = [
  ['Bitmain', BITMAIN_CURRENT_ROWS],
  ['MicroBT', MICROBT_ROWS],
  ['Canaan', CANAAN_ROWS],
  ['Bitdeer', BITDEER_ROWS],
  ['Auradine', AURADINE_ROWS],
  ['Proto', PROTO_ROWS],
  ['Bitmain', BITMAIN_OLDER_ROWS],
  ['Innosilicon', INNOSILICON_ROWS],
  ['Ebang', EBANG_ROWS],
  ['Halong', HALONG_ROWS],
  ['StrongU', STRONGU_ROWS],
  ['Bitfury', BITFURY_ROWS],
];

export const MACHINES: readonly Machine[] = ROWS_BY_MAKER.flatMap(([maker, rows]) => rows.map((specs) => toMachine(maker, specs)));
