/**
 * `npm run check`: the fast part of the tests, without services: types, lint, import boundaries, locales, unit and engine tests.
 */
import './setup/node-version.mjs';
import { ensureGenerated } from './setup/builds.mjs';
import { roleFolders } from './setup/folders.mjs';
import { withSetupLock } from './setup/lock.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { closingLine } from './setup/results.mjs';
import { runCommand } from './setup/run-command.mjs';
import { say } from './setup/say.mjs';
import { createTally, runStep, runTogether, runVitest, staticSteps } from './setup/steps.mjs';
import { cleanEnv } from './setup/test-stack.mjs';

async function check() {
  await withSetupLock('npm run check', async () => {
    await ensurePackages();
    await ensureGenerated();
  });
  const env = cleanEnv();
  const tally = createTally();
  const reportFolder = `${roleFolders('check').folder}/reports`;
  await runTogether(2, [
    ...staticSteps().map((step) => () => runStep(step, { env, tally })),
    () => runVitest({ title: 'unit and engine tests', project: 'unit' }, { env, tally, reportFolder }),
  ]);
  say(closingLine(tally.total));
  return tally.total.failed === 0 ? 0 : 1;
}

runCommand(check, { exitCodeWhenStopped: 130 });
