import { describe, expect, it } from 'vitest';
import { createChance } from '../fixtures.ts';
import { type CsvRecord, createCsvReader, type Newline } from './csv-records.ts';
import { MAX_RECORD_LENGTH } from './limits.ts';

function parse(text: string, delimiter = ',', newline: Newline = '\n'): CsvRecord[] {
  const reader = createCsvReader(delimiter, newline);
  return [...reader.push(text), ...reader.end()];
}

const cellsOf = (text: string, delimiter?: string, newline?: Newline) => parse(text, delimiter, newline).map(({ cells }) => cells);

describe('createCsvReader', () => {
  it('reads lines with LF, CR LF and CR, with and without one at the end', () => {
    expect(cellsOf('a,b\nc,d')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(cellsOf('a,b\r\nc,d\r\n')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(cellsOf('a,b\rc,d\r', ',', '\r')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('reads quoted delimiters, line breaks and doubled quotes, and counts the lines they take', () => {
    const records = parse('a,"b,1"\n"c\r\nd","say ""hi"""\ne,""\n');
    expect(records).toEqual([
      { cells: ['a', 'b,1'], line: 1 },
      { cells: ['c\nd', 'say "hi"'], line: 2 },
      { cells: ['e', ''], line: 4 },
    ]);
  });

  it('takes a quote inside a cell, and text behind a closing quote, as they stand', () => {
    expect(cellsOf('5" fan,x\n"S19" Pro,y\n')).toEqual([
      ['5" fan', 'x'],
      ['S19 Pro', 'y'],
    ]);
  });

  it('loses no row to a quote that is never closed', () => {
    expect(cellsOf('a,b\n"S19,1\nS21,2\nT21,3')).toEqual([
      ['a', 'b'],
      ['"S19', '1'],
      ['S21', '2'],
      ['T21', '3'],
    ]);
  });

  it('loses no row to a stray quote that the next quoted cell would close', () => {
    expect(cellsOf('"S19,1\nS21,"2"\nT21,3\n')).toEqual([
      ['"S19', '1'],
      ['S21', '2'],
      ['T21', '3'],
    ]);
  });

  it('gives up an open quote at the bound, and reads the rest', () => {
    const line = `x,${'1'.repeat(98)}\n`;
    const many = line.repeat(Math.ceil((MAX_RECORD_LENGTH * 1.5) / line.length));
    const records = parse(`"open\n${many}`);
    expect(records.length).toBe(many.length / line.length + 1);
    expect(records[0]!.cells).toEqual(['"open']);
  });

  it('refuses a line without end', () => {
    const reader = createCsvReader(',', '\n');
    expect(() => {
      for (let i = 0; i < 10; i++) Array.from(reader.push('x'.repeat(MAX_RECORD_LENGTH / 2)));
    }).toThrow('cell_too_long');
  });

  it('gives the same records however the text is cut', () => {
    const chance = createChance(7);
    const pieces = ['a', '1', ',', ',', '"', '""', '\n', '\r\n', '算', ' ', '"x"', '",'];
    for (let round = 0; round < 400; round++) {
      const text = Array.from({ length: chance.below(40) }, () => chance.pick(pieces)).join('');
      const whole = parse(text);
      const reader = createCsvReader(',', '\n');
      const cut: CsvRecord[] = [];
      for (let at = 0; at < text.length; ) {
        const length = 1 + chance.below(5);
        cut.push(...reader.push(text.slice(at, at + length)));
        at += length;
      }
      cut.push(...reader.end());
      expect(cut, JSON.stringify(text)).toEqual(whole);
    }
  });
});
