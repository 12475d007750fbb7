/**
 * Secrets of the demonstration: random, made once for a project folder, readable by its user only, never committed.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from './folders.mjs';

const SECRET_NAMES = ['sessionSecret', 'postgresOwnerPassword', 'postgresAppPassword'];
const SECRET_BYTES = 32;

/** Reads the secrets in `file`, and makes those that are missing. */
export function ensureSecrets(file) {
  const secrets = readSecrets(file);
  const missing = SECRET_NAMES.filter((name) => typeof secrets[name] !== 'string');
  if (missing.length === 0) return secrets;
  for (const name of missing) secrets[name] = randomBytes(SECRET_BYTES).toString('hex');
  makeFolder(dirname(file));
  // Renamed into place: a crash leaves either the old file or the new one.
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secrets;
}

function readSecrets(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return {};
    throw error;
  }
}
