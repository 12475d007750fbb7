import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createScratchDatabase, type ScratchDatabase } from './scratch-database.ts';

const require = createRequire(import.meta.url);
const PRISMA_CLI = path.join(path.dirname(require.resolve('prisma/package.json')), 'build', 'index.js');
/** Measured at under 3 s; the rest is for a busy machine. */
const DIFF_TIMEOUT_MS = 60_000;

let scratch: ScratchDatabase;
beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
});
afterAll(() => scratch?.drop());

function diffMigrationsWithSchema(): Promise<{ exitCode: number | null; output: string }> {
  const args = [
    'migrate',
    'diff',
    '--from-migrations',
    'prisma/migrations',
    '--to-schema-datamodel',
    'prisma/schema.prisma',
    '--script',
    '--exit-code',
  ];
  const child = spawn(process.execPath, [PRISMA_CLI, ...args], {
    env: { ...process.env, DATABASE_URL: scratch.ownerUrl, CHECKPOINT_DISABLE: '1' },
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, output }));
  });
}

describe('the migrations', () => {
  it(
    'build exactly the tables of the schema',
    async () => {
      const { exitCode, output } = await diffMigrationsWithSchema();
      expect(exitCode, output).toBe(0);
    },
    DIFF_TIMEOUT_MS,
  );
});
