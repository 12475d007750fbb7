/**
 * `npm run market:import -- FILE.csv --source NAME [--interval 1d|1h]`: takes candles of a file into the history of the running `npm start` or `npm run dev`; with DATABASE_URL set, into that
 * database. Exit code 0: all lines are taken. 1: some are not, each named with its line. 2: refused.
 */
import './setup/node-version.mjs';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { roleFolders } from './setup/folders.mjs';
import { readRunning } from './setup/running.mjs';

const REFUSED = 2;
const INTERVALS = ['1d', '1h'];
const USAGE = 'Usage: npm run market:import -- FILE.csv --source NAME [--interval 1d|1h]';
/** Problems that are printed; the rest is counted. */
const SHOWN = 50;

async function importFile() {
  const wish = readWish();
  if (typeof wish === 'string') return refuse(wish);
  const databaseUrl = process.env.DATABASE_URL || readRunning(roleFolders('start'))?.databaseUrl;
  if (!databaseUrl) return refuse('Nothing is running here: begin with npm start, or set DATABASE_URL.');
  const tsx = await import('tsx/esm/api').catch(() => null);
  if (tsx === null) return refuse('The npm packages are not installed: run npm ci first.');
  tsx.register();
  const { importCandles } = await import('../app/features/market/history/import-candles.server.ts');
  const outcome = await importCandles(databaseUrl, wish.text, wish).catch((error) => error);
  if (outcome instanceof Error) return refuse(`The database cannot be asked: ${outcome.message}`);
  for (const { line, problem } of outcome.problems.slice(0, SHOWN)) process.stderr.write(`line ${line}: ${problem}\n`);
  if (outcome.problems.length > SHOWN) process.stderr.write(`and ${outcome.problems.length - SHOWN} more\n`);
  process.stdout.write(
    `${outcome.stored} candles taken${outcome.from === null ? '' : `, ${outcome.from} to ${outcome.to}`}; ${outcome.problems.length} lines not taken\n`,
  );
  return outcome.problems.length === 0 ? 0 : 1;
}

function readWish() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { source: { type: 'string' }, interval: { type: 'string', default: '1d' } },
    });
    const [file, ...others] = positionals;
    const source = values.source?.trim();
    if (file === undefined || others.length > 0 || !source || source.length > 60) return USAGE;
    if (!INTERVALS.includes(values.interval)) return `--interval ${values.interval} is not one of ${INTERVALS.join(', ')}. ${USAGE}`;
    return { text: readFileSync(file, 'utf8'), source, interval: values.interval };
  } catch (error) {
    return `${error.message} ${USAGE}`;
  }
}

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  return REFUSED;
}

process.exitCode = await importFile();
