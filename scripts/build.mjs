/**
 * `npm run build`: the production build in `build` (or HASHINSIGHT_BUILD_DIR), for start:web and start:worker.
 */
import './setup/node-version.mjs';
import { buildFolderName, ensureApp } from './setup/builds.mjs';
import { withSetupLock } from './setup/lock.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { runCommand } from './setup/run-command.mjs';
import { say } from './setup/say.mjs';

async function build() {
  await withSetupLock('npm run build', async () => {
    await ensurePackages();
    await ensureApp(buildFolderName());
  });
  say(`The build is in ${buildFolderName()}.`);
}

runCommand(build, { exitCodeWhenStopped: 130 });
