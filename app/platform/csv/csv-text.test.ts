import { expect, it } from 'vitest';
import { toCsvText } from './csv-text.ts';

it('quotes what would end the cell, and nothing else', () => {
  expect(toCsvText('S21 Pro')).toBe('S21 Pro');
  expect(toCsvText('a,b')).toBe('"a,b"');
  expect(toCsvText('a,b', ';')).toBe('a,b');
  expect(toCsvText('a;b', ';')).toBe('"a;b"');
  expect(toCsvText('rack "7"\nrow 2')).toBe('"rack ""7""\nrow 2"');
});

it('lets no spreadsheet run a text, also in full-width signs, and leaves signed numbers alone', () => {
  expect(toCsvText('=HYPERLINK("http://x.example","pay")')).toBe('"\'=HYPERLINK(""http://x.example"",""pay"")"');
  expect(toCsvText('＝1+1')).toBe("'＝1+1");
  expect(toCsvText('@SUM(A1)')).toBe("'@SUM(A1)");
  expect(toCsvText('-0.05')).toBe('-0.05');
  expect(toCsvText('-0.05+cmd')).toBe("'-0.05+cmd");
});
