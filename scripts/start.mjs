/**
 * `npm start`: everything from a fresh clone to the running product in demonstration mode, in one command.
 * Stops everything again on Ctrl-C, and as soon as one part of it dies.
 */
import './setup/node-version.mjs';
import { join } from 'node:path';
import { builtEntry, migrate, startProcess, untilOneDies, waitUntilReady } from './setup/app.mjs';
import { buildFolderName, ensureApp } from './setup/builds.mjs';
import { ensureChromium } from './setup/chromium.mjs';
import { startDemoFarm, startDemoHistory } from './setup/demo-farm.mjs';
import { roleFolders } from './setup/folders.mjs';
import { withSetupLock } from './setup/lock.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { assertPortFree, originFor, parsePort } from './setup/ports.mjs';
import { runCommand } from './setup/run-command.mjs';
import { beginRun } from './setup/run-lock.mjs';
import { rememberRunning } from './setup/running.mjs';
import { say } from './setup/say.mjs';
import { prepareRedis, readSecrets, startServices } from './setup/services.mjs';

async function start() {
  const port = parsePort(process.env.PORT);
  const host = process.env.HOST || null;
  const folders = roleFolders('start');
  await beginRun('npm start', folders);
  await assertPortFree(port, host, 'npm start');

  const buildName = buildFolderName();
  const { redisProgram, chromium } = await withSetupLock('npm start', async () => {
    // First, because it may end the command in one line; the rest takes a minute.
    const program = await prepareRedis();
    await ensurePackages();
    await ensureApp(buildName);
    return { redisProgram: program, chromium: await findOrInstallChromium() };
  });

  const services = await startServices(folders, redisProgram);
  const { DATABASE_OWNER_URL: _, ...inherited } = process.env; // The running product must not be able to act as the owner.
  const env = {
    ...inherited,
    ...services.env,
    SESSION_SECRET: process.env.SESSION_SECRET || readSecrets().sessionSecret,
    HASHINSIGHT_MODE: 'demo',
    NODE_ENV: 'production',
    PORT: String(port),
    MAIL_OUTBOX_DIR: process.env.MAIL_OUTBOX_DIR || join(folders.folder, 'outbox'),
    AUDIT_DIR: process.env.AUDIT_DIR || join(folders.folder, 'audit'),
    ...(chromium ? { CHROMIUM_PATH: chromium } : {}),
  };
  const farm = services.ownerUrl ? await startDemoFarm(folders) : { children: [], env: {}, past: null };
  if (services.ownerUrl) {
    const migrateEnv = { ...env, ...farm.env, DATABASE_OWNER_URL: services.ownerUrl, DEMO_PASSWORD: readSecrets().demoPassword };
    await migrate({ nodeArgs: [...builtEntry(buildName, 'migrate'), '--seed'], env: migrateEnv });
  }

  // Set-up may have taken minutes, and somebody else the port.
  await assertPortFree(port, host, 'npm start');
  const web = startProcess({ name: 'web', nodeArgs: builtEntry(buildName, 'web'), env, folders });
  const worker = startProcess({ name: 'worker', nodeArgs: builtEntry(buildName, 'worker'), env, folders });
  const children = [...services.children, ...farm.children, web, worker];
  await waitUntilReady(originFor(port, host), children);
  rememberRunning(folders, { mode: env.HASHINSIGHT_MODE, databaseUrl: services.env.DATABASE_URL, ownerUrl: services.ownerUrl });
  say(`HashInsight is ready: ${originFor(port, host)}`);
  if (services.ownerUrl) sayDemoAccounts();
  startDemoHistory({ past: farm.past, nodeArgs: builtEntry(buildName, 'demo-history'), env, folders });
  await untilOneDies(children);
}

/** Only PDF reports need it: without one everything else runs, and such a report says why it was not made. */
async function findOrInstallChromium() {
  try {
    return await ensureChromium();
  } catch (error) {
    if (error.name !== 'UserError') throw error;
    say(`No PDF reports: ${error.message}`);
    return null;
  }
}

/** One account for each role of the workspace "Demonstration: Northern Hydro", and one of the platform's people; see prisma/demo-people.ts. */
function sayDemoAccounts() {
  const roles = ['owner', 'admin', 'mining-site-owner', 'operator', 'accountant', 'client', 'customer'];
  say(`Demonstration accounts: ${roles.map((role) => `${role}@demo.example`).join(', ')}`);
  say('Platform staff, who may enter workspaces at /workspaces/enter: staff@demo.example');
  say(`Their password: ${readSecrets().demoPassword}`);
}

runCommand(start, { exitCodeWhenStopped: 0 });
