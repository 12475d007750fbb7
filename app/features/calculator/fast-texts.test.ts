import { createInstance, type TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import en from '../../../locales/en/calculator.json';
import zh from '../../../locales/zh/calculator.json';
import { toFastTexts } from './fast-texts.ts';

type SayAnything = (key: string, values?: Record<string, unknown>) => string;
type Texts = { [key: string]: string | Texts };

function listKeys(texts: Texts, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? `${prefix}${key}` : listKeys(value, `${prefix}${key}.`),
  );
}

describe.each([
  ['en', en],
  ['zh', zh],
] as const)('the fast texts in %s', (language, texts) => {
  it('are those of i18next for every key, with values put in', async () => {
    const instance = createInstance();
    await instance.init({
      lng: language,
      resources: { [language]: { calculator: texts } },
      ns: ['calculator'],
      defaultNS: 'calculator',
      interpolation: { escapeValue: false },
    });
    // Keys are data here, so the types that know each key are left behind.
    const t = instance.t as unknown as SayAnything;
    const fast = toFastTexts(instance.t as unknown as TFunction<'calculator'>) as unknown as SayAnything;
    const keys = listKeys(texts);
    expect(keys.length).toBeGreaterThan(300);
    for (const key of keys) {
      const names = [...String(t(key, { skipInterpolation: true })).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!);
      const values = Object.fromEntries(names.map((name, index) => [name, `<${index}> $&`]));
      expect(fast(key, values)).toBe(String(t(key, values)));
      expect(fast(key, values)).not.toContain('{{');
    }
  });
});
