import { describe, expect, it } from 'vitest';
import { applyChange, listFieldChanges, toBlankMachine, withCatalogueFigures } from './change-machine.ts';
import type { MachineValues } from './machine-fields.ts';

const SITE = '00000000-0000-4000-8000-000000000001';
const OTHER_SITE = '00000000-0000-4000-8000-000000000002';
const RACK = '00000000-0000-4000-8000-000000000003';
const aMachine = (values: Partial<MachineValues> = {}): MachineValues => ({ ...toBlankMachine(SITE), serial: 'SN1', ...values });

describe('applyChange', () => {
  it('spells what is given, leaves what is not, and takes an empty text for none', () => {
    const before = aMachine({ worker: 'farm.1', firmware: 'stock' });
    const { after, faults } = applyChange(before, { macAddress: '50-74-68-61-44-69', firmware: ' ' });
    expect(faults).toEqual([]);
    expect(after).toEqual({ ...before, macAddress: '50:74:68:61:44:69', firmware: null });
  });

  it('names the field and the value of what cannot be read', () => {
    const { faults } = applyChange(aMachine(), { macAddress: 'nonsense', host: '10.0.0.5:4028', purchasedOn: '2024-02-30' });
    expect(faults.map(({ field, value, code }) => [field, value, code])).toEqual([
      ['macAddress', 'nonsense', 'not_a_mac'],
      ['host', '10.0.0.5:4028', 'not_a_host'],
      ['purchasedOn', '2024-02-30', 'not_a_day'],
    ]);
  });

  it('refuses a machine that nobody could recognise, and half a position', () => {
    expect(applyChange(aMachine(), { serial: null }).faults[0]).toMatchObject({ field: 'serial', code: 'no_identity' });
    expect(applyChange(aMachine({ rackId: RACK }), { rackRow: 2 }).faults[0]).toMatchObject({ field: 'rackColumn', code: 'needs_other' });
    expect(applyChange(aMachine(), { rackRow: 2, rackColumn: 1 }).faults[0]).toMatchObject({ field: 'rackId', code: 'needs_other' });
  });

  it('leaves rack and position behind when the machine moves on', () => {
    const before = aMachine({ rackId: RACK, rackRow: 2, rackColumn: 3 });
    expect(applyChange(before, { siteId: OTHER_SITE }).after).toMatchObject({ rackId: null, rackRow: null, rackColumn: null });
    expect(applyChange(before, { firmware: 'x' }).after).toMatchObject({ rackId: RACK, rackRow: 2, rackColumn: 3 });
  });

  it.each([
    ['draft', 'pending', true],
    ['draft', 'approved', false],
    ['pending', 'approved', true],
    ['pending', 'rejected', true],
    ['rejected', 'draft', true],
    ['rejected', 'approved', false],
    ['approved', 'draft', false],
  ] as const)('from %s to %s: %s', (from, to, isThere) => {
    expect(applyChange(aMachine({ approval: from }), { approval: to }).faults.length === 0).toBe(isThere);
  });

  it('adds and takes away tags of many machines without touching their others', () => {
    const { after } = applyChange(aMachine({ tags: ['hall 1', 'new'] }), { addTags: ['checked'], removeTags: ['new'] });
    expect(after.tags).toEqual(['hall 1', 'checked']);
  });

  it('recognises the model in the catalogue, and forgets it with the model', () => {
    const { after } = applyChange(aMachine(), { model: 'Antminer S19j Pro 104T' });
    expect(after.catalogueId).toBe('antminer-s19j-pro');
    expect(applyChange(after, { model: 'a machine of our own' }).after.catalogueId).toBeNull();
  });
});

describe('withCatalogueFigures', () => {
  it('gives a new machine the rated figures of its model where nobody gave others', () => {
    const { after } = applyChange(aMachine(), { model: 'Antminer S19j Pro 104T', ratedPowerW: 3_000 });
    expect(withCatalogueFigures(after)).toMatchObject({ ratedHashrateThs: 104, ratedPowerW: 3_000 });
    expect(withCatalogueFigures(aMachine({ model: 'unheard of' })).ratedHashrateThs).toBeNull();
  });
});

describe('listFieldChanges', () => {
  it('lists what differs with both values, and nothing of what does not', () => {
    const before = aMachine({ tags: ['a'] });
    expect(listFieldChanges(before, { ...before })).toEqual([]);
    expect(listFieldChanges(before, { ...before, port: 4028, tags: ['a', 'b'] })).toEqual([
      { field: 'port', from: null, to: 4028 },
      { field: 'tags', from: ['a'], to: ['a', 'b'] },
    ]);
  });
});
