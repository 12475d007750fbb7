/**
 * Secrets of the demonstration: random, made once for a project folder, readable by its user only, never committed.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from './folders.mjs';

const SECRET_NAMES = ['sessionSecret', 'postgresOwnerPassword', 'postgresAppPassword', 'demoPassword'];
const SECRET_BYTES = 32;
/** Typed by people: 16 characters in groups, 79 random bits, without letters that look alike. */
const DEMO_PASSWORD = 'demoPassword';
const DEMO_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const DEMO_GROUPS = 4;

/** Reads the secrets in `file`, and makes those that are missing. */
export function ensureSecrets(file) {
  const secrets = readSecrets(file);
  const missing = SECRET_NAMES.filter((name) => typeof secrets[name] !== 'string');
  if (missing.length === 0) return secrets;
  for (const name of missing) secrets[name] = name === DEMO_PASSWORD ? makeDemoPassword() : randomBytes(SECRET_BYTES).toString('hex');
  makeFolder(dirname(file));
  // Renamed into place: a crash leaves either the old file or the new one.
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secrets;
}

function makeDemoPassword() {
  const group = () => Array.from({ length: 4 }, () => DEMO_ALPHABET[randomInt(DEMO_ALPHABET.length)]).join('');
  return Array.from({ length: DEMO_GROUPS }, group).join('-');
}

function readSecrets(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return {};
    throw error;
  }
}
