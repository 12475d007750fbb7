import { describe, expect, it } from 'vitest';
import { MAKER_ALIASES } from '../../catalogue/machine-name.ts';
import { MACHINES } from '../../catalogue/machines.ts';
import { readNamedCount } from './named-count.ts';

describe('a quantity in a name', () => {
  it.each<[string, number, string]>([
    ['10x S21', 10, 'S21'],
    ['10 x Antminer S21 200T', 10, 'Antminer S21 200T'],
    ['10×S21', 10, 'S21'],
    ['10х S21', 10, 'S21'],
    ['(10x) S21', 10, 'S21'],
    ['5*M50S++', 5, 'M50S++'],
    ['1,200 x S21', 1200, 'S21'],
    ['1.200 x S21', 1200, 'S21'],
    ['S21 Pro x 12', 12, 'S21 Pro'],
    ['S21 Pro x1 200', 1200, 'S21 Pro'],
    ['S21x12', 12, 'S21'],
    ['S19j Pro*20', 20, 'S19j Pro'],
    ['S19j Pro ＊ 20台', 20, 'S19j Pro'],
    ['T21 190T × 40', 40, 'T21 190T'],
    ['A1246 90T x7', 7, 'A1246 90T'],
    ['M50S++ (x5)', 5, 'M50S++'],
    ['S21 (5x)', 5, 'S21'],
    ['10 台 S21', 10, 'S21'],
    ['10台蚂蚁S21', 10, '蚂蚁S21'],
    ['S21（5台）', 5, 'S21'],
    ['S19 XP Hyd 共5台', 5, 'S19 XP Hyd'],
    ['S21 5 台', 5, 'S21'],
    ['M30S++ 100T 5台', 5, 'M30S++ 100T'],
    ['20 pcs S19 Pro', 20, 'S19 Pro'],
    ['20 units of S19 Pro', 20, 'S19 Pro'],
    ['S19 Pro - 20 pcs.', 20, 'S19 Pro'],
    ['S19 Pro, 20 шт.', 20, 'S19 Pro'],
    ['S19 Pro (20 Stk)', 20, 'S19 Pro'],
    ['10x Bitaxe Gamma', 10, 'Bitaxe Gamma'],
  ])('%s', (text, count, name) => {
    expect(readNamedCount(text)).toEqual({ count, name });
  });

  it.each([
    'M50S++',
    'A1246 90T',
    'S19 XP Hyd',
    'T21 190T',
    'S19 2x hash boards',
    '2x hashboard S19',
    'S19 (3 boards)',
    'S9, 2 PSU',
    'S19 三块算力板 2个',
    'S21 Pro-234',
    'S19 95T/3250W',
    'Antminer X5',
    'Jasminer X4',
    'Jasminer X16-Q',
    'Avalon 1246 pcs',
    'Avalon Q',
    'S215台',
    'Prox12 9',
    '0x S21',
    '10x',
    '台 S21',
    'x',
    '',
    '10 S21',
    `${'9'.repeat(70)}x S21`,
  ])('"%s" holds none', (text) => {
    expect(readNamedCount(text)).toBeNull();
  });

  it('is in no name of the catalogue, however it is written', () => {
    const names = MACHINES.flatMap(({ name, maker, hashrateThs, powerW }) => {
      const bare = name.replace(/^\S+\s/, '');
      const makers = ['', ...MAKER_ALIASES[maker].map((alias) => `${alias} `), ...MAKER_ALIASES[maker]];
      const tails = [
        '',
        ` ${hashrateThs}T`,
        `-${hashrateThs}T`,
        `(${hashrateThs}T)`,
        ` ${hashrateThs} TH/s`,
        `-${hashrateThs}`,
        ` ${hashrateThs}T ${powerW}W`,
      ];
      return [name, bare].flatMap((own) => makers.flatMap((word) => tails.map((tail) => `${word}${own}${tail}`)));
    });
    expect(names.length).toBeGreaterThan(5000);
    expect(
      names.flatMap((name) => [name, name.toUpperCase(), name.replaceAll(' ', '')]).filter((name) => readNamedCount(name) !== null),
    ).toEqual([]);
  });
});
