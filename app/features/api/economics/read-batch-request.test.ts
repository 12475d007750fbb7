import { describe, expect, it } from 'vitest';
import { type ReadBatch, readBatchRequest, readBatchRow } from './read-batch-request.ts';
import { MAX_BATCH_ROWS } from './roi-request.ts';
import { aContext } from './sample-context.ts';

function faultsOf(read: ReadBatch): [string, string][] {
  return read.kind === 'ok' ? [] : read.faults.map((fault) => [fault.field, fault.code]);
}

describe('readBatchRequest', () => {
  it('takes rows with and without defaults, and no rows at all', () => {
    expect(readBatchRequest({ rows: [{}] })).toEqual({ kind: 'ok', defaults: {}, rows: [{}] });
    expect(readBatchRequest({ defaults: { pue: 1.1 }, rows: [] })).toMatchObject({ kind: 'ok', rows: [] });
  });

  it('refuses faults of the envelope and of the defaults by name', () => {
    expect(faultsOf(readBatchRequest([]))).toEqual([['', 'not_an_object']]);
    expect(faultsOf(readBatchRequest({}))).toEqual([['rows', 'missing']]);
    expect(faultsOf(readBatchRequest({ rows: {}, defaults: [], row: 1 }))).toEqual([
      ['row', 'unknown_field'],
      ['defaults', 'not_an_object'],
      ['rows', 'not_an_array'],
    ]);
    expect(faultsOf(readBatchRequest({ rows: [], defaults: { pue: 9, pu: 1 } }))).toEqual([
      ['defaults.pue', 'out_of_range'],
      ['defaults.pu', 'unknown_field'],
    ]);
    expect(faultsOf(readBatchRequest({ rows: [], defaults: null }))).toEqual([['defaults', 'not_an_object']]);
  });

  it('takes as many rows as it says and not one more', () => {
    expect(readBatchRequest({ rows: Array(MAX_BATCH_ROWS).fill(0) }).kind).toBe('ok');
    expect(faultsOf(readBatchRequest({ rows: Array(MAX_BATCH_ROWS + 1).fill(0) }))).toEqual([['rows', 'too_many_rows']]);
  });
});

describe('readBatchRow', () => {
  const defaults = { hashrateThs: 100, powerW: 2000, powerUsdPerKwh: 0.05 };

  it('puts the row over the defaults', () => {
    expect(readBatchRow(defaults, { powerW: 1900 }, aContext())).toMatchObject({ inputs: { hashrateThs: 100, powerW: 1900 } });
  });

  it("gives a row with its own model that model's figures, not those of the defaults", () => {
    expect(readBatchRow(defaults, { model: 'Sample S1' }, aContext())).toMatchObject({ inputs: { hashrateThs: 200, powerW: 3500 } });
    expect(readBatchRow(defaults, { model: 'Other' }, aContext())).toMatchObject({ faults: [{ code: 'unknown_model' }] });
  });

  it('keeps what hosts invest by default for the rows that have a contract', () => {
    const hosting = { ...defaults, hostCapexUsd: 200 };
    expect(readBatchRow(hosting, {}, aContext())).toMatchObject({ inputs: { hostCapexUsd: 0 } });
    expect(readBatchRow(hosting, { clientPowerUsdPerKwh: 0.07 }, aContext())).toMatchObject({ inputs: { hostCapexUsd: 200 } });
    expect(readBatchRow(defaults, { hostCapexUsd: 200 }, aContext())).toMatchObject({ faults: [{ code: 'needs_client_power' }] });
  });

  it('refuses a row that is not an object', () => {
    for (const row of [null, 3, 'x', [1]]) {
      expect(readBatchRow(defaults, row, aContext())).toMatchObject({ kind: 'invalid', faults: [{ field: '', code: 'not_an_object' }] });
    }
  });
});
