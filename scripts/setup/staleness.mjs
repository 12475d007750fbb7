/**
 * Rebuilds only what changed: a built thing carries a stamp with the hash of all its inputs.
 * The stamp is removed before a build and written after it, so an interrupted build is done again.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from './folders.mjs';

/** Tests and documents change no built thing. */
const IGNORED_NAME = /\.test\.[a-z]+$|\.bench\.ts$|\.md$/;
const IGNORED_FOLDERS = new Set(['node_modules', '.git', '.hashinsight']);

/**
 * SHA-256 hex over names and contents of `paths` (files or folders, relative to `root`; an absent one counts as such) and `extra`.
 * `except`: relative paths left out.
 */
export function hashInputs({ root, paths, except = [], extra = '' }) {
  const hash = createHash('sha256').update(extra);
  const left = new Set(except);
  const add = (path) => {
    if (left.has(path)) return;
    const full = join(root, path);
    const stat = statSync(full, { throwIfNoEntry: false });
    if (!stat) {
      hash.update(`\0absent\0${path}`);
    } else if (stat.isDirectory()) {
      for (const name of readdirSync(full).sort()) {
        if (!IGNORED_FOLDERS.has(name) && !IGNORED_NAME.test(name)) add(`${path}/${name}`);
      }
    } else {
      const content = readFileSync(full);
      // The length keeps a name and a content from running into each other.
      hash.update(`\0file\0${path}\0${content.length}\0`).update(content);
    }
  };
  for (const path of [...paths].sort()) add(path);
  return hash.digest('hex');
}

/** Calls `build` unless the stamp carries `inputsHash` and every output exists. Gives true when it was built. */
export async function buildWhenStale({ stampFile, inputsHash, outputs, build }) {
  if (readStamp(stampFile) === inputsHash && outputs.every((output) => existsSync(output))) return false;
  rmSync(stampFile, { force: true });
  await build();
  const missing = outputs.filter((output) => !existsSync(output));
  if (missing.length > 0) throw new Error(`The build ended without making ${missing.join(', ')}`);
  makeFolder(dirname(stampFile));
  writeFileSync(stampFile, inputsHash);
  return true;
}

function readStamp(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
