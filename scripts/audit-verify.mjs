/**
 * `npm run audit:verify`: re-computes the hash chains of the audit log and names the first break of each.
 *   npm run audit:verify -- --database URL     the database (default: DATABASE_URL)
 *   npm run audit:verify -- --files FOLDER     the files alone (default: AUDIT_DIR)
 * With both, the two are also compared. --chain ID asks for one workspace.
 * Exit code 0: everything is intact. 1: something is broken. 2: nothing could be read.
 */
import './setup/node-version.mjs';
import { parseArgs } from 'node:util';
import { say } from './setup/say.mjs';

const UNREADABLE = 2;
const USAGE = 'Usage: npm run audit:verify -- [--database URL] [--files FOLDER] [--chain ID]';

async function verify() {
  const options = readOptions();
  if (options === null) return UNREADABLE;
  const tsx = await import('tsx/esm/api').catch(() => null);
  if (tsx === null) return refuse('The npm packages are not installed: run npm ci first.');
  tsx.register();
  const { describeReports, verifyEverything } = await import('../app/platform/audit/verify-everything.server.ts');
  try {
    const { isIntact, lines } = describeReports(await verifyEverything(options));
    for (const line of lines) say(line);
    return isIntact ? 0 : 1;
  } catch (error) {
    return refuse(`The audit log cannot be read: ${error.message}`);
  }
}

function readOptions() {
  try {
    const { values } = parseArgs({ options: { database: { type: 'string' }, files: { type: 'string' }, chain: { type: 'string' } } });
    // Asked for files alone, a database that the environment happens to name stays out of it.
    const isFilesOnly = values.files !== undefined && values.database === undefined;
    const databaseUrl = values.database ?? (isFilesOnly ? null : process.env.DATABASE_URL || null);
    const folder = values.files ?? (process.env.AUDIT_DIR || null);
    if (databaseUrl !== null || folder !== null) return { databaseUrl, folder, chainId: values.chain ?? null };
    refuse(`Neither a database nor a folder is named. ${USAGE}`);
  } catch (error) {
    refuse(`${error.message} ${USAGE}`);
  }
  return null;
}

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  return UNREADABLE;
}

process.exitCode = await verify();
