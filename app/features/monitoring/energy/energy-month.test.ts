import { expect, it } from 'vitest';
import { readMonth, toCsv } from './energy-month.ts';

it('reads months and nothing else', () => {
  expect(readMonth('2026-11')).toBe('2026-11');
  for (const text of ['2026-13', '2026-1', '1999-01', '', null, '2026-11-01']) expect(readMonth(text), String(text)).toBeNull();
});

it('writes a file that spreadsheets neither misread nor run', () => {
  expect(
    toCsv(
      ['machine', 'energyKwh'],
      [
        ['=cmd()', 1.5],
        ['A, "b"', null],
      ],
    ),
  ).toBe('\ufeffmachine,energyKwh\r\n\'=cmd(),1.5\r\n"A, ""b""",\r\n');
});
