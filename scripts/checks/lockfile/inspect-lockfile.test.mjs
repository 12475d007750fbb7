import { describe, expect, it } from 'vitest';
import { inspectLockfile } from './inspect-lockfile.mjs';

const manifest = { dependencies: { tool: '1.2.3' } };
const lockOf = (packages) => ({ lockfileVersion: 3, packages });
const tool = { version: '1.2.3', optionalDependencies: { '@tool/linux-x64': '1.2.3' } };

describe('inspectLockfile', () => {
  it('accepts a lock that holds every optional package, at the top or nested', () => {
    expect(inspectLockfile(lockOf({ '': {}, 'node_modules/tool': tool, 'node_modules/@tool/linux-x64': {} }), manifest)).toEqual([]);
    const nested = { 'node_modules/a/node_modules/tool': tool, 'node_modules/a/node_modules/@tool/linux-x64': {} };
    expect(inspectLockfile(lockOf(nested), manifest)).toEqual([]);
    const deeper = { 'node_modules/a/node_modules/tool': tool, 'node_modules/a/node_modules/tool/node_modules/@tool/linux-x64': {} };
    expect(inspectLockfile(lockOf(deeper), manifest)).toEqual([]);
  });

  it('names a platform package that is not in the lock', () => {
    const problem = 'node_modules/tool lists @tool/linux-x64, which is not in the lock';
    expect(inspectLockfile(lockOf({ 'node_modules/tool': tool }), manifest)).toEqual([problem]);
    expect(inspectLockfile(lockOf({ 'node_modules/tool': tool, 'node_modules/b/node_modules/@tool/linux-x64': {} }), manifest)).toEqual([
      problem,
    ]);
  });

  it('refuses the address of a registry', () => {
    const lock = lockOf({ 'node_modules/a': { resolved: 'https://registry.invalid/a.tgz' } });
    expect(inspectLockfile(lock, manifest)).toEqual(['node_modules/a names where it was downloaded from; take "resolved" out of the lock']);
  });

  it.each(['^1.2.3', '~1.2.3', '1.x', 'latest', '>=1'])('refuses the version %s in package.json', (version) => {
    expect(inspectLockfile(lockOf({}), { devDependencies: { tool: version } })).toEqual([`tool is not pinned to one version: ${version}`]);
  });

  it('refuses a format that it does not know', () => {
    expect(inspectLockfile({ lockfileVersion: 1 }, manifest)).toEqual(['lockfileVersion is 1, expected 3']);
  });
});
