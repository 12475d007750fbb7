import { describe, expect, it } from 'vitest';
import { formatOf } from './plain-sheets.ts';

describe('how a number of an assumption is shown in a workbook', () => {
  it.each<[number, string, string]>([
    [19 / 350, '$0.0543', 'powerPrice'],
    [0.1, '10.00%', 'percent'],
    [0.000_01, '0.0010%', 'finePercent'],
    [80_000, '$80,000.00', 'two'],
    [80_000, '$80,000', 'whole'],
    [119.12e12, '119.12 T', 'whole'],
    [0.03, '0.0300', 'powerPrice'],
    [200, '200.0', 'one'],
    [48, '48', 'whole'],
    [0.000_012_5, '0.0000125', 'general'],
    [1.5, '1.5 h', 'general'],
  ])('%d, shown as "%s" in the document, has the format <%s>', (value, shown, format) => {
    expect(formatOf(value, shown)).toBe(format);
  });
});
