/**
 * The machines of the demonstration site: the simulator as a child of `npm start`, at low priority. DEMO_MINERS says how many, 0 switches it off.
 */
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { startProcess } from './app.mjs';
import { projectFolder } from './folders.mjs';
import { findFreePort } from './ports.mjs';
import { say, UserError } from './say.mjs';

const USUAL_MINERS = 300;
const MOST_MINERS = 60_000;
/** As prisma/demo-site.ts enters them. */
const SEED = 1;
/** A farm in which nothing is ever wrong would show half of the pages empty. */
const FAULTS = 'dead=0.01,hang=0.004,slow=0.01,garbled=0.004,board=0.01,fan=0.007';
/** Everything else goes first. */
const NICENESS = 10;

/** `text` is DEMO_MINERS; throws a UserError for what is no number of machines. */
export function parseMiners(text) {
  if (text === undefined || text.trim() === '') return USUAL_MINERS;
  const miners = /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (miners <= MOST_MINERS) return miners;
  throw new UserError(`DEMO_MINERS is "${text}"; a whole number from 0 to ${MOST_MINERS} is possible.`);
}

/** Gives { children, env } with env for the step that enters the machines. */
export async function startDemoFarm(folders) {
  const miners = parseMiners(process.env.DEMO_MINERS);
  if (miners === 0) return { children: [], env: { DEMO_MINERS: '0' } };
  if (process.platform !== 'linux') {
    say('No demonstration machines: they need addresses of their own (127.16.0.1 and on), which only Linux has.');
    return { children: [], env: { DEMO_MINERS: '0' } };
  }
  const port = await findFreePort();
  const options = { miners, seed: SEED, 'base-port': port, faults: FAULTS };
  const child = startProcess({
    name: 'demo-farm',
    nodeArgs: [
      join(projectFolder, 'scripts/simulate.mjs'),
      ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ],
    env: process.env,
    folders,
  });
  if (child.pid) setPriority(child.pid, NICENESS);
  return { children: [child], env: { DEMO_MINERS: String(miners), DEMO_MINER_PORT: String(port) } };
}
