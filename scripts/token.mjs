/**
 * `npm run token -- --email ADDRESS`: prints a new personal API token of that account, for trying the API. Of the running `npm start` or `npm run dev`; with
 * DATABASE_URL set, of that database, and only when HASHINSIGHT_MODE says demo, development or test. Refused in production.
 * Exit code 0: the token is on standard output. 2: refused.
 */
import './setup/node-version.mjs';
import { parseArgs } from 'node:util';
import { roleFolders } from './setup/folders.mjs';
import { readRunning } from './setup/running.mjs';

const REFUSED = 2;
const USAGE = 'Usage: npm run token -- --email ADDRESS';
/** As in app/platform/env.server.ts: unset means production. */
const MODES_WITH_TOKENS = ['demo', 'development', 'test'];

async function printToken() {
  const email = readEmail();
  if (email === null) return REFUSED;
  const database = findDatabase();
  if (database === null) return refuse('Nothing is running here: begin with npm start, or set DATABASE_URL and HASHINSIGHT_MODE.');
  if (!MODES_WITH_TOKENS.includes(database.mode)) return refuse('Refused in production: people make their tokens on the page /tokens.');
  const tsx = await import('tsx/esm/api').catch(() => null);
  if (tsx === null) return refuse('The npm packages are not installed: run npm ci first.');
  tsx.register();
  const { makeToken } = await import('#app/features/accounts/tokens/make-token.server.ts');
  const outcome = await makeToken(database.databaseUrl, email).catch((error) => ({ kind: 'failed', error }));
  switch (outcome.kind) {
    case 'created':
      process.stdout.write(`${outcome.token}\n`);
      return 0;
    case 'no-account':
      return refuse(`There is no account with the address ${email}.`);
    case 'no-workspace':
      return refuse(`${email} is in no workspace, and tokens belong to one.`);
    case 'too-many':
      return refuse(`${email} has ${outcome.max} tokens already: revoke one on the page /tokens.`);
    default:
      return refuse(`The database cannot be asked (${outcome.error.code ?? outcome.error.message}): is npm start still running?`);
  }
}

function readEmail() {
  try {
    const { values } = parseArgs({ options: { email: { type: 'string' } } });
    if (values.email) return values.email;
    refuse(USAGE);
  } catch (error) {
    refuse(`${error.message} ${USAGE}`);
  }
  return null;
}

function findDatabase() {
  if (process.env.DATABASE_URL) return { mode: process.env.HASHINSIGHT_MODE || 'production', databaseUrl: process.env.DATABASE_URL };
  return readRunning(roleFolders('start'));
}

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  return REFUSED;
}

process.exitCode = await printToken();
