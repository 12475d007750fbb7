import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPackagesStaleness } from './packages.mjs';

let root;
const writeLock = (path, packages) => writeFileSync(join(root, path), JSON.stringify({ packages }));
const remix = { version: '2.17.5', integrity: 'sha512-a' };
const forAnotherSystem = { version: '1.0.0', integrity: 'sha512-b', optional: true };

function install(packages) {
  for (const path of Object.keys(packages)) {
    mkdirSync(join(root, path), { recursive: true });
    writeFileSync(join(root, path, 'package.json'), '{}');
  }
  writeLock('node_modules/.package-lock.json', packages);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hashinsight-packages-'));
  writeLock('package-lock.json', { '': { name: 'hashinsight' }, 'node_modules/remix': remix, 'node_modules/fsevents': forAnotherSystem });
});
afterEach(() => rmSync(root, { recursive: true }));

describe('findPackagesStaleness', () => {
  it('asks for an install in a fresh clone', () => {
    expect(findPackagesStaleness(root, false)).toBe('first time');
  });

  it('accepts a complete install, whoever made it, without the packages of other systems', () => {
    install({ 'node_modules/remix': remix });
    expect(findPackagesStaleness(root, false)).toBeNull();
  });

  it('notices an interrupted install by its mark and by what npm has not written', () => {
    install({ 'node_modules/remix': remix });
    expect(findPackagesStaleness(root, true)).toBe('the last install was interrupted');
    rmSync(join(root, 'node_modules/.package-lock.json'));
    expect(findPackagesStaleness(root, false)).toBe('node_modules is incomplete');
  });

  it('notices a folder that was removed', () => {
    install({ 'node_modules/remix': remix });
    rmSync(join(root, 'node_modules/remix'), { recursive: true });
    expect(findPackagesStaleness(root, false)).toBe('node_modules is incomplete');
  });

  it.each([
    ['another version', { 'node_modules/remix': { ...remix, version: '2.17.4' } }],
    ['another content', { 'node_modules/remix': { ...remix, integrity: 'sha512-z' } }],
    ['a package too many', { 'node_modules/remix': remix, 'node_modules/left-pad': remix }],
  ])('notices %s than the lock file names', (_, installed) => {
    install(installed);
    expect(findPackagesStaleness(root, false)).toBe('package-lock.json has changed');
  });
});
