/**
 * Where the running `npm start` or `npm run dev` keeps its database, so that a command beside it finds it, `ownerUrl` for commands that the
 * application itself must not be able to do (null: somebody else's database). Readable by its user only;
 * after the end of the run it names a database that nobody serves any more.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './folders.mjs';

const fileOf = (folders) => join(folders.run, 'running.json');

export function rememberRunning(folders, { mode, databaseUrl, ownerUrl }) {
  makeFolder(folders.run);
  writeFileSync(fileOf(folders), `${JSON.stringify({ mode, databaseUrl, ownerUrl })}\n`, { mode: 0o600 });
}

/** Null when nothing runs, as far as anybody said. */
export function readRunning(folders) {
  try {
    return JSON.parse(readFileSync(fileOf(folders), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}
