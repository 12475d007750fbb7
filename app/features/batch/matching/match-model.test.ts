import { describe, expect, it } from 'vitest';
import { MACHINES } from '../../catalogue/machines.ts';
import { createChance } from '../fixtures.ts';
import { editDistance } from './edit-distance.ts';
import { findByFigures, MATCH_FROM, matchModel } from './match-model.ts';
import { createModelMatcher } from './model-matcher.ts';

const unknown = { hashrateThs: null, powerW: null };

it.each(['S19 Prok', 'S19 Pro A', 'S19J Pro-A'])('leaves %s to the user: a letter behind Pro is no typing error', (name) => {
  expect(matchModel(name, { hashrateThs: null, powerW: null }).kind).toBe('unknown');
});

it('leaves a bin beyond six percent of its model to the user', () => {
  expect(matchModel('S19 Pro 120T', { hashrateThs: null, powerW: null }).kind).toBe('unknown');
  expect(matchModel('S19 Pro 114T', { hashrateThs: null, powerW: null })).toMatchObject({ kind: 'match', match: { kind: 'bin' } });
});

describe('matchModel', () => {
  it('finds every machine by its own name, surely', () => {
    for (const machine of MACHINES) {
      const answer = matchModel(machine.name, unknown);
      expect(answer, machine.name).toMatchObject({
        kind: 'match',
        match: { kind: 'exact', machine: { slug: machine.slug }, confidence: 1 },
      });
    }
  });

  it.each([
    ['S19JPRO 104T', 'antminer-s19j-pro', 'alias'],
    ['蚂蚁S19', 'antminer-s19', 'alias'],
    ['S-19 J-Pro', 'antminer-s19j-pro', 'alias'],
    ['Antmner S19 Prro', 'antminer-s19-pro', 'typo'],
    ['Whatsmner M50S', 'whatsminer-m50s', 'typo'],
    ['Antminer S19XP Hyrdo', 'antminer-s19-xp-hyd', 'typo'],
    ['S19j Pr', 'antminer-s19j-pro', 'typo'],
    ['S19j Pro 105T', 'antminer-s19j-pro', 'bin'],
    ['M50S_VH50', 'whatsminer-m50s', 'alias'],
    ['M30S++_VH60', 'whatsminer-m30s-plus-plus', 'alias'],
    ['WhatsMiner M30S+ VG40', 'whatsminer-m30s-plus', 'alias'],
    ['S19PRO-110', 'antminer-s19-pro', 'alias'],
    ['S19j Pro（96）', 'antminer-s19j-pro-96t', 'alias'],
  ])('reads %s', (name, slug, kind) => {
    expect(matchModel(name, unknown)).toMatchObject({ kind: 'match', match: { kind, machine: { slug } } });
  });

  it.each([
    ['S21j Pro'],
    ['S19x Pro'],
    ['Antminer S19 Pro+'],
    ['M50S+'],
    ['Antminer S18'],
    ['hello'],
    ['worker.001'],
    ['S19 Pro-500'],
    ['S19 10'],
    ['rack 12 95'],
    [''],
    ['Antminer'],
    ['S19j Pro 250T'],
    // The catalogue has an S19 Pro of 104 TH/s and an S21+ of 216 TH/s.
    ['S19 104T'],
    ['S21 216T'],
    ['S19 Prok'],
    ['S19 Pro A'],
    ['S19J Pro-A'],
    ['x'.repeat(10_000)],
  ])('leaves "%s" to the user', (name) => {
    expect(matchModel(name, unknown).kind).toBe('unknown');
  });

  it('tells bins of a model apart by the figures of the row', () => {
    const at = (hashrateThs: number) => matchModel('Antminer S19j Pro', { hashrateThs, powerW: null });
    expect(at(100)).toMatchObject({ match: { machine: { slug: 'antminer-s19j-pro-100t' } } });
    expect(at(88)).toMatchObject({ match: { machine: { slug: 'antminer-s19j-pro-88t' } } });
    // No bin is near 70 TH/s: the machine is tuned down.
    expect(at(70)).toMatchObject({ match: { machine: { slug: 'antminer-s19j-pro' } } });
  });

  it('takes the nearest of a family when the figures are of another member', () => {
    const answer = matchModel('S19', { hashrateThs: 110, powerW: 3250 });
    expect(answer).toMatchObject({ kind: 'match', match: { kind: 'nearest', machine: { slug: 'antminer-s19-pro' } } });
  });

  it('never takes one number for another, whatever the typing error', () => {
    const chance = createChance(19);
    for (let round = 0; round < 1500; round++) {
      const { name } = chance.pick(MACHINES);
      const at = chance.below(name.length);
      const typed = name.slice(0, at) + chance.pick(['', 'x', '7', name[at]! + name[at]!]) + name.slice(at + 1);
      const answer = matchModel(typed, unknown);
      if (answer.kind !== 'match' || answer.match.kind !== 'typo') continue;
      expect(answer.match.confidence).toBeGreaterThanOrEqual(MATCH_FROM);
      const numbers = (text: string) =>
        text
          .replace(/\(.*\)/, '')
          .replace(/\d+(\.\d+)?T\b/i, '')
          .match(/\d+/g);
      expect(numbers(answer.match.machine.name), `${typed} -> ${answer.match.machine.name}`).toEqual(numbers(typed));
    }
  });

  it('offers near names for what it does not know', () => {
    const answer = matchModel('S21j Pro', unknown);
    expect(answer.kind === 'unknown' && answer.suggestions.map(({ name }) => name)).toContain('Antminer S21 Pro');
    const scrypt = matchModel('Antminer L7', unknown);
    expect(scrypt).toEqual({ kind: 'unknown', suggestions: [] });
  });
});

describe('findByFigures', () => {
  it('names the machine with these figures, and none when they are of no machine or only one is known', () => {
    expect(findByFigures({ hashrateThs: 234, powerW: 3520 })?.machine.slug).toBe('antminer-s21-pro');
    expect(findByFigures({ hashrateThs: 234, powerW: 9000 })).toBeNull();
    expect(findByFigures({ hashrateThs: 234, powerW: null })).toBeNull();
  });
});

describe('createModelMatcher', () => {
  it("puts the user's choice first and his own machines next", () => {
    const own = { ...MACHINES[0]!, name: 'Farm Special', slug: 'farm-special' };
    const matcher = createModelMatcher({ ownMachines: [own], choices: { 'Box 7': 'antminer-s19', Odd: 'farm-special', Gone: 'no-such' } });
    expect(matcher.match('farm special', unknown)).toMatchObject({ match: { kind: 'exact', machine: { slug: 'farm-special' } } });
    expect(matcher.match(' Box 7 ', unknown)).toMatchObject({ match: { kind: 'chosen', machine: { slug: 'antminer-s19' } } });
    expect(matcher.match('Odd', unknown)).toMatchObject({ match: { kind: 'chosen', machine: { slug: 'farm-special' } } });
    expect(matcher.match('Gone', unknown).kind).toBe('unknown');
  });

  it('still finds exact names when thousands of others were not found', () => {
    const matcher = createModelMatcher();
    for (let i = 0; i < 2500; i++) matcher.match(`S19 worker ${i}`, unknown);
    expect(matcher.match('S19 wrker', unknown)).toEqual({ kind: 'unknown', suggestions: [] });
    expect(matcher.match('蚂蚁S19', unknown).kind).toBe('match');
  });
});

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['abc', '', 3],
    ['pro', 'por', 1],
    ['pro', 'prro', 1],
    ['hydro', 'hyd', 2],
    ['kitten', 'sitting', 3],
  ])('from "%s" to "%s"', (a, b, edits) => {
    expect(editDistance(a, b)).toBe(edits);
    expect(editDistance(b, a)).toBe(edits);
  });
});
