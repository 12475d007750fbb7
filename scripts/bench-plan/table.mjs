// Results side by side, as plain text.

const COLUMNS = [
  ['instance', ({ instance }) => instance],
  ['solver', ({ solver }) => solver],
  ['value USD', ({ valueUsd }) => money(valueUsd)],
  ['bound USD', ({ boundUsd }) => money(boundUsd)],
  ['gap', ({ valueUsd, boundUsd }) => gap(valueUsd, boundUsd)],
  ['time', ({ elapsedMs }) => (elapsedMs === null ? '-' : `${elapsedMs < 1000 ? elapsedMs.toFixed(1) : Math.round(elapsedMs)} ms`)],
  ['memory', ({ peakMb }) => (peakMb === null ? '-' : `${Math.round(peakMb)} MB`)],
  ['ended', ({ ended }) => ended],
];

export function formatTable(results) {
  const rows = [COLUMNS.map(([title]) => title), ...results.map((result) => COLUMNS.map(([, show]) => show(result)))];
  const widths = COLUMNS.map((_column, index) => Math.max(...rows.map((row) => row[index].length)));
  return rows
    .map((row) => row.map((cell, index) => (index < 2 ? cell.padEnd(widths[index]) : cell.padStart(widths[index]))).join('  '))
    .join('\n');
}

function money(usd) {
  return usd === null ? 'none' : usd.toFixed(4);
}

/** Of the best plan against the best bound of the same solver. */
function gap(valueUsd, boundUsd) {
  if (valueUsd === null || boundUsd === null) return '-';
  return (Math.max(0, boundUsd - valueUsd) / Math.max(1, Math.abs(valueUsd))).toExponential(1);
}
