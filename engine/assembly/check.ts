/** Range checks against the table the host wrote. Bad input is a status code, never a trap. */
import {
  BAD_NETWORK,
  MACHINE_CHECKED_COUNT,
  NETWORK_FIELD_COUNT,
  N_EPOCH_ELAPSED_S,
  N_NETWORK_HASHRATE_THS,
  OK,
  RANGES_PTR,
  RANGE_INTEGER,
  RANGE_MIN_EXCLUSIVE,
  ROW_STATUS_PTR,
  machine,
  networkField,
} from './layout';

/** NaN fails every comparison, so it is refused like any other value outside. */
@inline
function isInRange(rangeIndex: i32, value: f64): bool {
  const at = RANGES_PTR + <usize>rangeIndex * 24;
  const min = load<f64>(at);
  const max = load<f64>(at, 8);
  const flags = <i32>load<f64>(at, 16);
  if (!(value >= min && value <= max)) return false;
  if ((flags & RANGE_MIN_EXCLUSIVE) != 0 && value == min) return false;
  return (flags & RANGE_INTEGER) == 0 || floor(value) == value;
}

/** OK, or BAD_NETWORK + index of the first bad field. The two derivable fields may be NaN. */
export function checkNetwork(): i32 {
  for (let i = 0; i < NETWORK_FIELD_COUNT; i++) {
    const value = networkField(i);
    if ((i == N_EPOCH_ELAPSED_S || i == N_NETWORK_HASHRATE_THS) && value != value) continue;
    if (!isInRange(i, value)) return BAD_NETWORK + i;
  }
  return OK;
}

/** Writes ROW_STATUS of rows [0, rowCount); returns how many rows are bad. O(rows). */
export function checkRows(rowCount: i32): i32 {
  let bad = 0;
  for (let row = 0; row < rowCount; row++) {
    let status = 0;
    for (let i = 0; i < MACHINE_CHECKED_COUNT; i++) {
      if (!isInRange(NETWORK_FIELD_COUNT + i, machine(i, row))) {
        status = 1 + i;
        break;
      }
    }
    if (status != 0) bad++;
    store<f64>(ROW_STATUS_PTR + (<usize>row << 3), <f64>status);
  }
  return bad;
}
