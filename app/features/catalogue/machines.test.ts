import { describe, expect, it } from 'vitest';
import { findFieldError } from '#engine/units/fields.ts';
import en from '../../../locales/en/catalogue.json' with { type: 'json' };
import zh from '../../../locales/zh/catalogue.json' with { type: 'json' };
import { COOLINGS, MAKERS } from './machine.ts';
import { MACHINES } from './machines.ts';

/** Least and most J/TH a SHA-256 machine of these generations can have: newest hydro 9.5, S9 generation up to 160. A typing error in a column leaves it. */
const MIN_J_PER_TH = 9;
const MAX_J_PER_TH = 160;

describe('MACHINES', () => {
  it('holds at least 75 machines, among them every maker', () => {
    expect(MACHINES.length).toBeGreaterThanOrEqual(75);
    expect(new Set(MACHINES.map((machine) => machine.maker))).toEqual(new Set(MAKERS));
  });

  it('gives every machine a name and a slug of its own', () => {
    expect(new Set(MACHINES.map((machine) => machine.name)).size).toBe(MACHINES.length);
    expect(new Set(MACHINES.map((machine) => machine.slug)).size).toBe(MACHINES.length);
    for (const { slug } of MACHINES) expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it('has only figures the engine accepts, in the range SHA-256 machines can have', () => {
    for (const machine of MACHINES) {
      expect(findFieldError('hashrateThs', machine.hashrateThs), machine.name).toBeNull();
      expect(findFieldError('powerW', machine.powerW), machine.name).toBeNull();
      expect(machine.efficiencyJPerTh, machine.name).toBeGreaterThanOrEqual(MIN_J_PER_TH);
      expect(machine.efficiencyJPerTh, machine.name).toBeLessThanOrEqual(MAX_J_PER_TH);
      expect(COOLINGS).toContain(machine.cooling);
      expect(machine.source).not.toBe('');
      if (machine.releasedAt !== null) expect(machine.releasedAt).toMatch(/^20\d\d(-(0[1-9]|1[0-2]))?$/);
    }
  });

  it('says of every source where it is, or that this was not recorded', () => {
    for (const { name, source } of MACHINES) {
      for (const part of source.split('; ')) expect(part, name).toMatch(/github\.com\/[\w-]+\/[\w-]+|hashrateindex\.com|name not recorded/);
    }
  });

  it('doubts the watts of the 88 TH/s T19, on which public lists disagree', () => {
    expect(MACHINES.find((machine) => machine.slug === 'antminer-t19-88t')?.doubt).not.toBeNull();
  });

  it('computes efficiency from power and hash rate', () => {
    // 3,510 W / 234 TH/s = 15 J/TH
    expect(MACHINES.find((machine) => machine.name === 'Antminer S21 Pro')?.efficiencyJPerTh).toBe(15);
  });

  it('shows for every doubtful machine the figures in both languages, and none for the others', () => {
    const doubtful = MACHINES.filter((machine) => machine.doubt !== null);
    for (const [language, texts] of [
      ['en', en.doubt],
      ['zh', zh.doubt],
    ] as const) {
      expect(Object.keys(texts).sort(), language).toEqual(doubtful.map((machine) => machine.slug).sort());
      for (const machine of doubtful) {
        const text = (texts as Record<string, string>)[machine.slug] ?? '';
        expect(text, machine.name).toContain(`${machine.powerW.toLocaleString('en-US')} W`);
        expect(text.match(/[\d,.]+ W/g)?.length, machine.name).toBeGreaterThanOrEqual(2);
      }
    }
  });

  it('leaves out what does not compute SHA-256 although lists say so', () => {
    // Goldshell CK5 and CK6 compute Eaglesong.
    for (const machine of MACHINES) expect(machine.name).not.toMatch(/\bCK[56]\b/);
  });
});
