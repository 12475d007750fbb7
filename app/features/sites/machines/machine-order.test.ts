import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from './machine-cursor.ts';
import { BY_NUMBER, type MachineCursor, readSort, SORT_NAMES, writeSort } from './machine-order.ts';

describe('the order of a list of machines', () => {
  it('is read back as it is written, for every order there is', () => {
    for (const name of SORT_NAMES) expect(writeSort(readSort(name) ?? BY_NUMBER)).toBe(name);
    for (const name of ['', '-', 'worker', '--serial', 'serial,model']) expect(readSort(name), name).toBeNull();
  });

  it('ends a page with what was sorted by and the number', () => {
    const serial = { field: 'serial', isDescending: true } as const;
    const figure = { field: 'hashrateThs', isDescending: false } as const;
    for (const [sort, cursor] of [
      [serial, { key: 'JYZZ 深圳 "7"', number: 12 }],
      [serial, { key: null, number: 12 }],
      [figure, { key: 199.87, number: 2 }],
      [figure, { key: null, number: 2 }],
      [BY_NUMBER, { key: 9, number: 9 }],
    ] as const satisfies readonly (readonly [typeof serial | typeof figure | typeof BY_NUMBER, MachineCursor])[]) {
      expect(readCursor(sort, writeCursor(sort, cursor))).toEqual(cursor);
    }
  });

  it('takes no end of another order, and none that was made up', () => {
    const serial = { field: 'serial', isDescending: false } as const;
    const figure = { field: 'atS', isDescending: false } as const;
    expect(readCursor(serial, writeCursor(figure, { key: 5, number: 1 }))).toBeNull();
    expect(readCursor(figure, writeCursor(serial, { key: 'a', number: 1 }))).toBeNull();
    for (const text of ['', 'x', '-1', '99999999999', 'bnVsbA']) {
      expect(readCursor(serial, text), text).toBeNull();
      expect(readCursor(BY_NUMBER, text), text).toBeNull();
    }
  });
});
