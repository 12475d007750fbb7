// Checks that Chinese and English say the same things: files, keys, placeholders, nothing empty, nothing left untranslated.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareLocales, flatten } from './locales/compare-locales.mjs';
import { EXCEPTIONS } from './locales/exceptions.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../locales');
/** Fewer texts than this mean that the search went wrong: a check that looks at nothing finds nothing. */
const LEAST_TEXTS = 100;

function readLanguage(language) {
  const files = readdirSync(path.join(root, language)).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(files.map((name) => [name, JSON.parse(readFileSync(path.join(root, language, name), 'utf8'))]));
}

const [en, zh] = [readLanguage('en'), readLanguage('zh')];
const problems = compareLocales({ en, zh, exceptions: EXCEPTIONS });
const count = Object.values(en).reduce((sum, file) => sum + flatten(file).size, 0);
if (count < LEAST_TEXTS) problems.push(`only ${count} English texts found, at least ${LEAST_TEXTS} expected`);

for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error(`Locales: ${problems.length} problems`);
  process.exitCode = 1;
} else {
  console.log(`Locales: ${count} texts in ${Object.keys(en).length} files, the same in both languages`);
}
