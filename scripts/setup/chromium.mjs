/**
 * Chromium for the journeys and for PDF reports: a named one, an installed one, or the Debian package.
 */
import { runToEnd } from './children.mjs';
import { findProgram, installSystemPackage } from './debian.mjs';
import { UserError } from './say.mjs';

const PROGRAM_NAMES = ['chromium', 'google-chrome-stable', 'google-chrome', 'chromium-browser'];

/** Path of a browser that runs. Throws a UserError that says what to do. */
export async function ensureChromium() {
  const named = process.env.TEST_CHROMIUM ?? process.env.CHROMIUM_PATH ?? process.env.PUPPETEER_EXECUTABLE_PATH;
  if (named) return assertRuns(named);
  const otherwise = 'set TEST_CHROMIUM to the path of one';
  const installed = findProgram(PROGRAM_NAMES);
  return assertRuns(
    installed ?? (await installSystemPackage({ name: 'chromium', programs: PROGRAM_NAMES, need: 'Chromium is needed', otherwise })),
  );
}

/** On some systems the package is only a stub that asks for another installer. */
async function assertRuns(program) {
  const result = await runToEnd({ name: 'chromium', command: program, args: ['--version'], timeoutMs: 60_000 });
  if (result.code === 0 && /chrom/i.test(result.output)) return program;
  throw new UserError(`${program} does not run: set TEST_CHROMIUM to the path of a working Chromium.`, { details: result.output.trim() });
}
