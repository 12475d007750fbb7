// Checks that package-lock.json installs everywhere: every platform's packages in it, no host, exact versions.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspectLockfile } from './lockfile/inspect-lockfile.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const readJson = (name) => JSON.parse(readFileSync(path.join(root, name), 'utf8'));

const lock = readJson('package-lock.json');
const problems = inspectLockfile(lock, readJson('package.json'));

for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error(`Lockfile: ${problems.length} problems`);
  process.exitCode = 1;
} else {
  console.log(`Lockfile: ${Object.keys(lock.packages).length} packages, complete for every platform`);
}
