import { describe, expect, it } from 'vitest';
import { keepOwnCurve, NO_CURVE, type OwnCurve, readOwnCurve, restoreOwnCurve } from './own-curve.ts';

const day = (price: number) => Array.from({ length: 24 }, () => price);

function own(text: string, changes: Partial<OwnCurve> = {}): OwnCurve {
  return { ...NO_CURVE, text, ...changes };
}

function createStorage() {
  const kept = new Map<string, string>();
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), kept };
}

describe('prices of one’s own', () => {
  it('are turned into USD/kWh from the unit chosen', () => {
    expect(readOwnCurve(own(day(50).join('\n')), 7, 0)).toEqual({
      kind: 'ok',
      usdPerKwh: day(50 / 1000),
      unit: 'usdPerMwh',
      isUnitNamed: false,
    });
    const cny = readOwnCurve(own(day(0.35).join('\n'), { unit: 'cnyPerKwh' }), 7, 0);
    expect(cny.kind === 'ok' && cny.usdPerKwh[0]).toBeCloseTo(0.05, 12);
  });

  it('take the unit of their head before the one chosen', () => {
    const read = readOwnCurve(own(`USD/kWh\n${day(0.05).join('\n')}`), 7, 0);
    expect(read).toMatchObject({ kind: 'ok', unit: 'usdPerKwh', isUnitNamed: true, usdPerKwh: day(0.05) });
  });

  it('say the line, the value and the range of a price that is too high, in its unit', () => {
    const lines = [...day(50).slice(1), 12_000];
    expect(readOwnCurve(own(lines.join('\n')), 7, 0)).toEqual({
      kind: 'invalid',
      faults: [{ kind: 'out_of_range', line: 24, value: 12_000, min: -1000, max: 10_000, unit: 'usdPerMwh' }],
    });
  });

  it('ask for whole days, and for a rate where yuan need one', () => {
    expect(readOwnCurve(own(day(50).slice(1).join('\n')), 7, 0)).toEqual({
      kind: 'invalid',
      faults: [{ kind: 'not_whole_days', hours: 23 }],
    });
    expect(readOwnCurve(own(day(0.3).join('\n'), { unit: 'cnyPerKwh' }), null, 0)).toEqual({
      kind: 'invalid',
      faults: [{ kind: 'no_rate' }],
    });
    expect(readOwnCurve(own('  \n'), 7, 0)).toEqual({ kind: 'none' });
  });
});

describe('the storage of the tab', () => {
  it('gives back what was kept', () => {
    const storage = createStorage();
    const curve = own('1\n2', { unit: 'cnyPerKwh', fileName: 'a.csv' });
    expect(keepOwnCurve(storage, curve)).toBe(true);
    expect(restoreOwnCurve(storage)).toEqual(curve);
  });

  it('gives nothing back that is not ours, and says when it is full', () => {
    const storage = createStorage();
    for (const foreign of ['{', 'null', '[]', '{"text":1}', '{"text":"1","unit":"eur","fileName":""}']) {
      keepOwnCurve(storage, own('1'));
      for (const key of storage.kept.keys()) storage.kept.set(key, foreign);
      expect(restoreOwnCurve(storage), foreign).toEqual(NO_CURVE);
    }
    const full = {
      setItem: () => {
        throw new Error('full');
      },
    };
    expect(keepOwnCurve(full, own('1'))).toBe(false);
  });
});
