import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { handFile, withChange } from '../engine/checker/hand-file.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'plan-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

function check(args, input = undefined) {
  const script = fileURLToPath(new URL('plan-check.mjs', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', input });
  return { status, stdout, stderr };
}

function write(name, text) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('npm run plan:check', { timeout: 30_000 }, () => {
  it('ends with 0 and says the proven gap when everything holds', () => {
    const { status, stdout, stderr } = check([write('good.json', JSON.stringify(handFile()))]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.split('\n').slice(0, 2)).toEqual(['HOLDS.', 'The plan is worth 0.150000000000 USD.']);
  });

  it('ends with 1 and says what does not hold', () => {
    const { status, stdout } = check(['-'], JSON.stringify(withChange(handFile(), 'answer.valueUsd', 0.16)));
    expect(status).toBe(1);
    expect(stdout).toContain('- The answer says valueUsd = 0.16; it is 0.15.');
  });

  it('ends with 2 and one sentence when there is nothing to check', () => {
    expect(check([])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('Usage: npm run plan:check FILE') });
    expect(check([join(folder, 'none.json')])).toMatchObject({ status: 2, stderr: expect.stringContaining('there is no such file') });
    const bad = write('bad.json', '{"problem": {}}');
    expect(check([bad])).toEqual({ status: 2, stdout: '', stderr: `${bad} cannot be checked: file.problem has no interval.\n` });
  });
});
