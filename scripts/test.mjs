/**
 * `npm test`: sets everything up by itself and runs every check and every test there is, on services, ports, data and a
 * build of its own. The last line is `N passed, N failed`; the exit code is 0 only when nothing failed.
 */
import './setup/node-version.mjs';
import { untilOneDies } from './setup/app.mjs';
import { ensureApp } from './setup/builds.mjs';
import { ensureChromium } from './setup/chromium.mjs';
import { projectFolder, roleFolders } from './setup/folders.mjs';
import { withSetupLock } from './setup/lock.mjs';
import { ensureLibreOffice, ensurePdfToText } from './setup/office.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { ensureRedisServer } from './setup/redis.mjs';
import { closingLine } from './setup/results.mjs';
import { runCommand } from './setup/run-command.mjs';
import { beginRun } from './setup/run-lock.mjs';
import { say } from './setup/say.mjs';
import { createTally, runStep, runTogether, runVitest, staticSteps } from './setup/steps.mjs';
import { cleanEnv, startTestApp, startTestServices } from './setup/test-stack.mjs';

const BUILD_NAME = '.hashinsight/test/build';
/** The machine that this is meant for has two cores. */
const MAX_AT_ONCE = 2;

const folders = roleFolders('test');
const reportFolder = `${folders.folder}/reports`;
const tally = createTally();
/** Steps are recorded too: a killed run must not leave test processes behind. */
const counting = { tally, reportFolder, recordFolder: folders.run };

async function test() {
  await beginRun('npm test', folders);
  const env = cleanEnv();
  const tools = await setUp();
  if (tools) {
    await runTogether(MAX_AT_ONCE, [
      ...staticSteps().map((step) => () => runStep(step, { env, ...counting })),
      () => runVitest({ title: 'unit and engine tests', project: 'unit' }, { env, ...counting }),
    ]);
    await runWithServices(tools, env);
  }
  say(closingLine(tally.total));
  return tally.total.failed === 0 ? 0 : 1;
}

/** Null when not even the packages or the build are there; a missing Redis or Chromium fails only what needs it. */
async function setUp() {
  try {
    return await withSetupLock('npm test', async () => {
      await ensurePackages();
      await ensureApp(BUILD_NAME);
      return {
        redisProgram: await orNull('Redis', ensureRedisServer),
        chromium: await orNull('Chromium', ensureChromium),
        libreOffice: await orNull('LibreOffice', ensureLibreOffice),
        pdfToText: await orNull('pdftotext', ensurePdfToText),
      };
    });
  } catch (error) {
    tally.addFailure('set-up', error);
    return null;
  }
}

async function orNull(title, ensure) {
  try {
    return await ensure();
  } catch (error) {
    tally.addFailure(title, error);
    return null;
  }
}

async function runWithServices({ redisProgram, chromium, libreOffice, pdfToText }, env) {
  if (!redisProgram) return; // Counted already.
  try {
    const services = await startTestServices(folders, redisProgram);
    const programs = {
      ...(chromium ? { TEST_CHROMIUM: chromium, CHROMIUM_PATH: chromium } : {}),
      ...(libreOffice ? { TEST_LIBREOFFICE: libreOffice } : {}),
      ...(pdfToText ? { TEST_PDFTOTEXT: pdfToText } : {}),
    };
    await runVitest(
      { title: 'integration tests', project: 'int', maxWorkers: MAX_AT_ONCE },
      { env: { ...env, ...services.env, ...programs }, ...counting },
    );
    const app = await startTestApp({ folders, buildName: BUILD_NAME, services });
    if (chromium) {
      const journeyEnv = {
        ...env,
        ...services.env,
        ...programs,
        TEST_ORIGIN: app.origin,
        TEST_BUILD_DIR: `${projectFolder}/${BUILD_NAME}`,
      };
      await failWhenOneDies(app.children, () =>
        runVitest({ title: 'journeys', project: 'e2e', maxWorkers: MAX_AT_ONCE }, { env: journeyEnv, ...counting }),
      );
    }
  } catch (error) {
    tally.addFailure('services and journeys', error);
  }
}

/** A web server or worker that dies during the journeys is a failure even if no journey noticed. */
async function failWhenOneDies(children, task) {
  let death = null;
  untilOneDies(children).catch((error) => {
    death = error;
  });
  await task();
  if (death) throw death;
}

runCommand(test, {
  exitCodeWhenStopped: 130,
  onStop: () => say(closingLine({ ...tally.total, failed: tally.total.failed + 1 })),
});
