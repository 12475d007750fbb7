import { describe, expect, it } from 'vitest';
import { parseKept } from './kept-form.ts';
import { createPreset } from './what-if-form.ts';

const form = { ...createPreset('evening'), prices: 'not yet a price' };
const kept = JSON.stringify({ search: '?preset=evening', form });

describe('parseKept', () => {
  it('gives the form back for the address it was kept with, and for no other', () => {
    expect(parseKept(kept, '?preset=evening')).toEqual(form);
    expect(parseKept(kept, '')).toBeNull();
    expect(parseKept(null, '')).toBeNull();
  });

  it('trusts nothing that has not the shape of a form', () => {
    const broken = [
      { ...form, rows: [{ model: 1 }] },
      { ...form, floors: { A: 5 } },
      { ...form, ramp: undefined },
      { ...form, caps: 'x' },
      null,
      [],
    ];
    for (const one of broken) expect(parseKept(JSON.stringify({ search: '', form: one }), '')).toBeNull();
    expect(parseKept('7', '')).toBeNull();
  });
});
