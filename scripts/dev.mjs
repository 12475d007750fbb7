/**
 * `npm run dev`: the services of `npm start`, and the sources run directly: pages reload through Vite, the worker restarts on a change.
 */
import './setup/node-version.mjs';
import { join } from 'node:path';
import { migrate, startProcess, untilOneDies, waitUntilReady } from './setup/app.mjs';
import { ensureGenerated } from './setup/builds.mjs';
import { roleFolders } from './setup/folders.mjs';
import { withSetupLock } from './setup/lock.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { assertPortFree, originFor, parsePort } from './setup/ports.mjs';
import { runCommand } from './setup/run-command.mjs';
import { beginRun } from './setup/run-lock.mjs';
import { rememberRunning } from './setup/running.mjs';
import { say } from './setup/say.mjs';
import { prepareRedis, startServices } from './setup/services.mjs';

async function dev() {
  const port = parsePort(process.env.PORT);
  const host = process.env.HOST || null;
  const folders = roleFolders('start');
  await beginRun('npm run dev', folders);
  await assertPortFree(port, host, 'npm run dev');
  const redisProgram = await withSetupLock('npm run dev', async () => {
    // First, because it may end the command in one line; the rest takes a minute.
    const program = await prepareRedis();
    await ensurePackages();
    await ensureGenerated();
    return program;
  });

  const services = await startServices(folders, redisProgram);
  const { DATABASE_OWNER_URL: _, ...inherited } = process.env;
  const env = {
    ...inherited,
    ...services.env,
    HASHINSIGHT_MODE: 'development',
    NODE_ENV: 'development',
    PORT: String(port),
    MAIL_OUTBOX_DIR: join(folders.folder, 'outbox'),
  };
  if (services.ownerUrl) {
    await migrate({ nodeArgs: ['--import', 'tsx', 'prisma/migrate.ts'], env: { ...env, DATABASE_OWNER_URL: services.ownerUrl } });
  }
  const web = startProcess({ name: 'web', nodeArgs: ['--import', 'tsx', 'app/server.ts'], env, folders, output: 'inherit' });
  const worker = startProcess({
    name: 'worker',
    nodeArgs: ['--watch', '--import', 'tsx', 'jobs/worker/main.ts'],
    env,
    folders,
    output: 'inherit',
  });
  const children = [...services.children, web, worker];
  await waitUntilReady(originFor(port, host), children);
  rememberRunning(folders, { mode: env.HASHINSIGHT_MODE, databaseUrl: services.env.DATABASE_URL, ownerUrl: services.ownerUrl });
  say(`HashInsight is ready for development: ${originFor(port, host)}`);
  await untilOneDies(children);
}

runCommand(dev, { exitCodeWhenStopped: 0 });
