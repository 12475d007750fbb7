/**
 * `npm run calibrate:risk`: holds the risk model to the shipped history and writes app/features/risk/calibration.json, the figures the risk page shows. To be run when the history, the model or its window
 * has changed; a test fails while the file is older than they are.
 */
import './setup/node-version.mjs';
import { ensureGenerated } from './setup/builds.mjs';
import { runToEnd } from './setup/children.mjs';
import { projectFolder, roleFolders } from './setup/folders.mjs';
import { withSetupLock } from './setup/lock.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { runCommand } from './setup/run-command.mjs';
import { beginRun } from './setup/run-lock.mjs';
import { UserError } from './setup/say.mjs';
import { cleanEnv } from './setup/test-stack.mjs';

const ENTRY = 'app/features/risk/write-calibration.server.ts';

async function calibrate() {
  await beginRun('npm run calibrate:risk', roleFolders('calibrate'));
  await withSetupLock('npm run calibrate:risk', async () => {
    await ensurePackages();
    await ensureGenerated();
  });
  const result = await runToEnd({
    name: ENTRY,
    command: process.execPath,
    args: ['--import', 'tsx', ENTRY],
    cwd: projectFolder,
    env: cleanEnv(),
    output: 'inherit',
  });
  if (result.code !== 0) throw new UserError(`${ENTRY} failed (exit code ${result.code ?? result.signal}).`);
}

runCommand(calibrate, { exitCodeWhenStopped: 130 });
