/**
 * `npm run staff -- --email ADDRESS`: makes that account one of the platform's people, who may enter workspaces with a reason (page /workspaces/enter).
 *   npm run staff -- --email ADDRESS --dismiss     ends it, and every stay with it
 * Needs the owner of the database: DATABASE_OWNER_URL, or the running `npm start` or `npm run dev` beside it. Works in production too; the application
 * itself cannot do this. Exit code 0: it is so now. 2: refused.
 */
import './setup/node-version.mjs';
import { parseArgs } from 'node:util';
import { roleFolders } from './setup/folders.mjs';
import { readRunning } from './setup/running.mjs';
import { say } from './setup/say.mjs';

const REFUSED = 2;
const USAGE = 'Usage: npm run staff -- --email ADDRESS [--dismiss]';

async function changeStaff() {
  const asked = readOptions();
  if (asked === null) return REFUSED;
  const ownerUrl = process.env.DATABASE_OWNER_URL || readRunning(roleFolders('start'))?.ownerUrl;
  if (!ownerUrl) return refuse('Only the owner of the database can do this: set DATABASE_OWNER_URL, or begin with npm start.');
  const tsx = await import('tsx/esm/api').catch(() => null);
  if (tsx === null) return refuse('The npm packages are not installed: run npm ci first.');
  tsx.register();
  const { setStaff } = await import('../app/features/workspaces/appoint-staff.server.ts');
  const outcome = await setStaff(ownerUrl, asked.email, asked.act).catch((error) => ({ kind: 'failed', error }));
  return tell(asked.email, outcome);
}

function tell(email, outcome) {
  switch (outcome.kind) {
    case 'appointed':
      say(`${email} may enter workspaces now, at /workspaces/enter.`);
      if (!outcome.hasSecondFactor)
        say('Outside of the demonstration a stay needs a second factor: the account has none yet (page /security).');
      return 0;
    case 'dismissed':
      say(`${email} is no longer platform staff; every stay has ended.`);
      return 0;
    case 'already':
      say(`${email} is platform staff already.`);
      return 0;
    case 'was-none':
      say(`${email} is no platform staff.`);
      return 0;
    case 'no-account':
      return refuse(`There is no account with the address ${email}: it is opened at /sign-up first.`);
    case 'unverified':
      return refuse(`${email} is not confirmed yet: the person follows the link in the message first.`);
    default:
      return refuse(`The database cannot be asked (${outcome.error.code ?? outcome.error.message}): is it running?`);
  }
}

function readOptions() {
  try {
    const { values } = parseArgs({ options: { email: { type: 'string' }, dismiss: { type: 'boolean', default: false } } });
    if (values.email) return { email: values.email, act: values.dismiss ? 'dismiss' : 'appoint' };
    refuse(USAGE);
  } catch (error) {
    refuse(`${error.message} ${USAGE}`);
  }
  return null;
}

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  return REFUSED;
}

process.exitCode = await changeStaff();
