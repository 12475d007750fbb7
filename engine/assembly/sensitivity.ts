/**
 * Grids and tornado (product part C5). A grid is a tile of rows that share one path: a price scales what a coin is worth, a difficulty (with
 * the network hash rate in proportion) scales how many there are, and neither moves a block in time. A tornado moves one input at a time and runs the path again
 * where the input belongs to it.
 */
import {
  AXIS_X_PTR,
  AXIS_Y_PTR,
  BASE_MACHINE_PTR,
  MACHINE_FIELD_COUNT,
  MAX_AXIS,
  MAX_SWINGS,
  M_COIN_SCALE,
  M_POWER_USD_PER_KWH,
  M_PRICE_SCALE,
  NETWORK_FIELD_COUNT,
  NETWORK_PTR,
  N_DIFFICULTY,
  N_PRICE_USD_PER_BTC,
  OK,
  R_NPV_USD,
  SWING_FIELD_PTR,
  SWING_MACHINE_OFFSET,
  SWING_NPV_USD_PTR,
  SWING_VALUE_PTR,
  TOO_MANY_ROWS,
  networkField,
  resultColumn,
  setMachine,
  setNetworkField,
} from './layout';
import { projectTile } from './cashflow';
import { computePath } from './path';

/** Puts the base machine into a row. */
function copyBase(row: i32): void {
  for (let field = 0; field < MACHINE_FIELD_COUNT; field++) {
    setMachine(field, row, load<f64>(BASE_MACHINE_PTR + (<usize>field << 3)));
  }
}

@inline
function axis(pointer: usize, index: i32): f64 {
  return load<f64>(pointer + (<usize>index << 3));
}

/** Rows y * nx + x: price of the y axis, power price of the x axis. After runPath. O(nx * ny * months). */
export function priceByPowerGrid(nx: i32, ny: i32): i32 {
  if (nx < 1 || ny < 1 || nx > MAX_AXIS || ny > MAX_AXIS) return TOO_MANY_ROWS;
  const price = networkField(N_PRICE_USD_PER_BTC);
  for (let y = 0; y < ny; y++) {
    for (let x = 0; x < nx; x++) {
      const row = y * nx + x;
      copyBase(row);
      setMachine(M_PRICE_SCALE, row, axis(AXIS_Y_PTR, y) / price);
      setMachine(M_POWER_USD_PER_KWH, row, axis(AXIS_X_PTR, x));
    }
  }
  return projectTile(nx * ny, 0);
}

/** Rows y * nx + x: price of the y axis, difficulty of the x axis. After runPath. O(nx * ny * months). */
export function priceByDifficultyGrid(nx: i32, ny: i32): i32 {
  if (nx < 1 || ny < 1 || nx > MAX_AXIS || ny > MAX_AXIS) return TOO_MANY_ROWS;
  const price = networkField(N_PRICE_USD_PER_BTC);
  const difficulty = networkField(N_DIFFICULTY);
  for (let y = 0; y < ny; y++) {
    for (let x = 0; x < nx; x++) {
      const row = y * nx + x;
      copyBase(row);
      setMachine(M_PRICE_SCALE, row, axis(AXIS_Y_PTR, y) / price);
      setMachine(M_COIN_SCALE, row, difficulty / axis(AXIS_X_PTR, x));
    }
  }
  return projectTile(nx * ny, 0);
}

const KEPT_NETWORK_PTR: usize = memory.data(NETWORK_FIELD_COUNT * 8, 16);

function restorePath(): i32 {
  memory.copy(NETWORK_PTR, KEPT_NETWORK_PTR, NETWORK_FIELD_COUNT * 8);
  return computePath();
}

/**
 * NPV of the base machine with one input moved, for each of `swingCount` swings. The network block must hold the base (with derived
 * fields resolved by runPath; every swing's value must have been checked) and holds it again afterwards. A moved difficulty takes the network hash rate along, as in the grid. O(swings * path).
 */
export function tornado(swingCount: i32): i32 {
  if (swingCount < 0 || swingCount > MAX_SWINGS) return TOO_MANY_ROWS;
  memory.copy(KEPT_NETWORK_PTR, NETWORK_PTR, NETWORK_FIELD_COUNT * 8);
  let status = computePath();
  let hasBasePath = true;
  for (let i = 0; i < swingCount && status == OK; i++) {
    const at = <usize>i << 3;
    const field = <i32>load<f64>(SWING_FIELD_PTR + at);
    const value = load<f64>(SWING_VALUE_PTR + at);
    copyBase(0);
    if (field >= SWING_MACHINE_OFFSET || field == N_DIFFICULTY) {
      if (field == N_DIFFICULTY) setMachine(M_COIN_SCALE, 0, load<f64>(KEPT_NETWORK_PTR + (N_DIFFICULTY << 3)) / value);
      else setMachine(field - SWING_MACHINE_OFFSET, 0, value);
      if (!hasBasePath) status = restorePath();
      hasBasePath = true;
    } else {
      memory.copy(NETWORK_PTR, KEPT_NETWORK_PTR, NETWORK_FIELD_COUNT * 8);
      setNetworkField(field, value);
      status = computePath();
      hasBasePath = false;
    }
    if (status == OK) status = projectTile(1, 0);
    store<f64>(SWING_NPV_USD_PTR + at, load<f64>(resultColumn(R_NPV_USD)));
  }
  const restored = restorePath();
  return status == OK ? restored : status;
}
