/**
 * The machines of the demonstration site: the simulator as a child of `npm start`, at low priority. DEMO_MINERS says how many, 0 switches it off.
 */
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { startProcess } from './app.mjs';
import { projectFolder } from './folders.mjs';
import { findFreePort } from './ports.mjs';
import { say, UserError } from './say.mjs';

/** The demonstration begins with so much of a past: time enough for charts, uptime and demand to show something, and a minute or two of one processor. */
const PAST_HOURS = 6;
/** More would take too long: a large farm has a shorter past, or none. */
const PAST_MACHINE_HOURS = 1_800;
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

/** Whole hours of past for so many machines. */
export function pastHoursOf(miners) {
  return Math.min(PAST_HOURS, Math.floor(PAST_MACHINE_HOURS / miners));
}

/** Gives { children, env, past } with env for the step that enters the machines, and past for startDemoHistory; null without machines. */
export async function startDemoFarm(folders) {
  const miners = parseMiners(process.env.DEMO_MINERS);
  const none = { children: [], env: { DEMO_MINERS: '0' }, past: null };
  if (miners === 0) return none;
  if (process.platform !== 'linux') {
    say('No demonstration machines: they need addresses of their own (127.16.0.1 and on), which only Linux has.');
    return none;
  }
  const port = await findFreePort();
  const untilS = Math.floor(Date.now() / 1000);
  const sinceS = untilS - pastHoursOf(miners) * 3_600;
  const options = { miners, seed: SEED, 'base-port': port, faults: FAULTS, 'running-since': sinceS };
  const child = startProcess({
    name: 'demo-farm',
    nodeArgs: [join(projectFolder, 'scripts/simulate.mjs'), ...toArgs(options)],
    env: process.env,
    folders,
  });
  if (child.pid) setPriority(child.pid, NICENESS);
  const env = { DEMO_MINERS: String(miners), DEMO_MINER_PORT: String(port), DEMO_SINCE_S: String(sinceS) };
  return { children: [child], env, past: { miners, faults: FAULTS, since: sinceS, until: untilS } };
}

/** Stores what reading the machines would have told in the hours before, in a process of its own that ends when it is done. */
export function startDemoHistory({ past, nodeArgs, env, folders }) {
  if (past === null) return;
  const child = startProcess({ name: 'demo-history', nodeArgs: [...nodeArgs, ...toArgs(past)], env, folders });
  if (child.pid) setPriority(child.pid, NICENESS);
}

const toArgs = (options) => Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
