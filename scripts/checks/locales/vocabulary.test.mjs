/** One word per thing (docs/glossary.md): synonyms that once stood in the Chinese texts and must not come back. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Word that must not be used -> the glossary's word. */
const REJECTED = { 托管方: '场主', 囤币: '持币', 维护费: '运维费', 运维费用: '运维费', 保本币价: '关机币价' };

it('uses the words of the glossary in every Chinese text', () => {
  const glossary = readFileSync('docs/glossary.md', 'utf8');
  const found = [];
  for (const file of readdirSync('locales/zh')) {
    const text = readFileSync(`locales/zh/${file}`, 'utf8');
    for (const [word, instead] of Object.entries(REJECTED)) {
      expect(glossary).toContain(instead);
      if (text.includes(word)) found.push(`${file}: ${word}, say ${instead}`);
    }
  }
  expect(found).toEqual([]);
});
