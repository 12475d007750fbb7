// Checks who imports whom (rules in boundaries/rules.mjs). Exit code 1 and one line per violation.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readProject } from './boundaries/read-project.mjs';
import { findViolations } from './boundaries/rules.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const project = readProject(root);
const violations = findViolations(project);

for (const { path: where, rule, detail } of violations) console.error(`${where}: ${detail} (${rule})`);
if (violations.length > 0) {
  console.error(`Boundaries: ${violations.length} violations in ${project.modules.length} modules`);
  process.exitCode = 1;
} else {
  console.log(`Boundaries: ${project.modules.length} modules, no violation`);
}
