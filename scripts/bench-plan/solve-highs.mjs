/**
 * One LP file solved by HiGHS in a process of its own, which may be killed at any time: whatever it finds is written as it is found.
 * Arguments: LP file, folder for the results, relative gap, seconds. Writes `progress.json` (best value, bound) and `columns.txt` (columns at one of the best plan).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [lpFile, folder, gapRatio, timeLimitS] = process.argv.slice(2);
const loadHighs = createRequire(import.meta.url)('highs');
const highs = await loadHighs();
const model = highs.createModel({ format: 'lp', data: readFileSync(lpFile, 'utf8') });
model.options.set({ output_flag: false, mip_rel_gap: Number(gapRatio), time_limit: Number(timeLimitS) });
const progress = { status: 'running', valueUsd: null, boundUsd: null };
const { mipImprovingSolution, mipLogging } = highs.constants.callbackType;

function record(columns) {
  if (columns) writeFileSync(join(folder, 'columns.txt'), names.filter((_name, column) => columns[column] > 0.5).join('\n'));
  writeFileSync(join(folder, 'progress.json'), JSON.stringify(progress));
}

function takeBounds({ mip_primal_bound: valueUsd, mip_dual_bound: boundUsd }) {
  if (Number.isFinite(valueUsd)) progress.valueUsd = valueUsd;
  if (Number.isFinite(boundUsd)) progress.boundUsd = boundUsd;
}

/** The package has no call for the number of columns: the first one beyond is refused. */
function listNames() {
  const list = [];
  try {
    for (;;) list.push(model.getColName(list.length));
  } catch {
    return list;
  }
}

// Names may not be asked for inside of a callback.
const names = listNames();
model.run({
  [mipImprovingSolution](event) {
    takeBounds(event.data);
    progress.valueUsd = event.data.objective_function_value;
    record(event.data.mip_solution);
  },
  [mipLogging](event) {
    takeBounds(event.data);
    record(null);
  },
});
progress.status =
  Object.keys(highs.constants.modelStatus).find((name) => highs.constants.modelStatus[name] === model.getModelStatus()) ?? 'unknown';
const isSolved = ['optimal', 'timeLimit'].includes(progress.status) && progress.valueUsd !== null;
if (isSolved || progress.status === 'optimal') {
  progress.valueUsd = model.getObjectiveValue();
  progress.boundUsd = model.info.get('mip_dual_bound');
  record(model.getSolution().colValue);
} else {
  record(null);
}
