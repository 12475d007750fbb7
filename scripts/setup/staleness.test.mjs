import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildWhenStale, hashInputs } from './staleness.mjs';

let root;
const put = (path, text) => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
};
const hash = (options = {}) => hashInputs({ root, paths: ['src', 'settings.json'], ...options });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hashinsight-staleness-'));
  put('src/a.ts', 'one');
  put('src/deep/b.ts', 'two');
});
afterEach(() => rmSync(root, { recursive: true }));

describe('hashInputs', () => {
  it('changes with a content, a name, a new file and an absent file that appears', () => {
    const hashes = [hash()];
    put('src/a.ts', 'eno');
    hashes.push(hash());
    put('src/c.ts', '');
    hashes.push(hash());
    put('settings.json', '{}');
    hashes.push(hash());
    expect(new Set(hashes).size).toBe(4);
  });

  it('does not mistake text moved from one file to the next for the same inputs', () => {
    put('src/a.ts', 'ab');
    put('src/b.ts', 'c');
    const before = hash();
    put('src/a.ts', 'a');
    put('src/b.ts', 'bc');
    expect(hash()).not.toBe(before);
  });

  it('stays the same for tests, benches, documents, ignored folders and the order of the paths', () => {
    const before = hash();
    for (const path of ['src/a.test.ts', 'src/a.bench.ts', 'src/ABI.md', 'src/node_modules/x/index.js']) put(path, 'new');
    expect(hash()).toBe(before);
    expect(hash({ paths: ['settings.json', 'src'] })).toBe(before);
  });

  it('leaves out what is excepted', () => {
    const before = hash({ except: ['src/deep'] });
    put('src/deep/b.ts', 'changed');
    expect(hash({ except: ['src/deep'] })).toBe(before);
  });
});

describe('buildWhenStale', () => {
  const run = (inputsHash, build) =>
    buildWhenStale({ stampFile: join(root, 'stamps', 'thing'), inputsHash, outputs: [join(root, 'out.js')], build });
  const succeed = async () => put('out.js', 'built');

  it('builds once for the same inputs, and again for others', async () => {
    expect(await run('h1', succeed)).toBe(true);
    expect(await run('h1', succeed)).toBe(false);
    expect(await run('h2', succeed)).toBe(true);
  });

  it('builds again when an output has gone', async () => {
    await run('h1', succeed);
    rmSync(join(root, 'out.js'));
    expect(await run('h1', succeed)).toBe(true);
  });

  it('builds again after a build that failed half-way, even back on the old inputs', async () => {
    await run('h1', succeed);
    await expect(
      run('h2', async () => {
        throw new Error('interrupted');
      }),
    ).rejects.toThrow('interrupted');
    expect(await run('h1', succeed)).toBe(true);
  });

  it('refuses a build that made nothing', async () => {
    await expect(run('h1', async () => {})).rejects.toThrow('out.js');
  });
});
