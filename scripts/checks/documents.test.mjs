/** Documents that point somewhere: every relative link and every cited decision exists. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const TEXT_FILE = /\.(?:md|ts|tsx|mjs|css|sql|yml|prisma|c)$/;
/** Made by tools, or not ours. */
const LEFT_OUT = new Set(['node_modules', 'build', 'generated', 'dist', 'coverage']);

function listTextFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || LEFT_OUT.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listTextFiles(path);
    return TEXT_FILE.test(entry.name) ? [path] : [];
  });
}

const files = listTextFiles('.').map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const documents = files.filter(({ path }) => path.endsWith('.md'));
const decisions = readdirSync('docs/decisions');

it('finds the documents and decisions at all', () => {
  expect(documents.length).toBeGreaterThan(10);
  expect(decisions.length).toBeGreaterThan(10);
});

it('links only to files that are there', () => {
  const broken = documents.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target]) => target.split('#')[0])
      .filter((target) => target !== '' && !/^[a-z]+:/.test(target) && !existsSync(join(dirname(path), target)))
      .map((target) => `${path}: ${target}`),
  );
  expect(broken).toEqual([]);
});

it('cites only decisions that were written', () => {
  const cited = files.flatMap(({ path, text }) =>
    [...text.matchAll(/decisions?[ /](\d{4})(-[\w-]+)?/gi)].map(([, number, name = '']) => ({ path, number, name })),
  );
  expect(cited.length).toBeGreaterThan(10);
  const missing = cited.filter(({ number, name }) => !decisions.some((file) => file.startsWith(`${number}${name}`)));
  expect(missing.map(({ path, number, name }) => `${path}: ${number}${name}`)).toEqual([]);
});

it('gives each decision a number of its own, and says when to revisit it', () => {
  const numbers = decisions.map((file) => file.slice(0, 4));
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const file of decisions) {
    const text = readFileSync(join('docs/decisions', file), 'utf8');
    for (const part of ['Context', 'Decision', 'Consequences', 'When to revisit']) expect(text, file).toContain(part);
  }
});
