/** What a page sends beside a list against what an upload is read as: the server must come to the scenario, the columns and the corrections on the screen. */
import { describe, expect, it } from 'vitest';
import type { BatchScenario } from '#app/features/batch/computing/scenario.ts';
import { applyRemembered } from '#app/features/batch/mapping/correct-mapping.ts';
import { type ShownList, toSaveParts } from '#app/features/batch/page/save-request.ts';
import { createScenarioForm, readScenario } from '#app/features/batch/page/scenario-form.ts';
import { sourceOfBytes } from '#app/features/batch/reading/file-source.ts';
import { NO_CHOICES } from '#app/features/batch/rows/read-batch.ts';
import { createBatchSession } from '#app/features/batch/session/batch-session.ts';
import { aMarket } from '#app/features/calculator/fixtures.ts';
import { loadBuild } from '#engine/vectors/built-engines.ts';
import { readBatchUpload } from './read-batch-upload.ts';

const LIST = 'Model;Qty;Electricity\nS19j Pro;10;0,05\nS21;x;0,06\n';
const MARKET = aMarket();

async function aShownList(form = createScenarioForm(), changes: Partial<ShownList> = {}): Promise<ShownList & { scenario: BatchScenario }> {
  const session = createBatchSession(
    () => loadBuild('simd'),
    () => undefined,
  );
  const opened = await session.open(sourceOfBytes(new TextEncoder().encode(LIST), 'list.csv'), {}, 7);
  if (opened.kind !== 'opened') throw new Error(opened.code);
  const { scenario, cnyPerUsd } = readScenario(form, MARKET, null);
  if (scenario === null) throw new Error('the form was refused');
  const mapping = applyRemembered(opened.mapping, null, cnyPerUsd);
  return { mapping, format: opened.format, choices: NO_CHOICES, scenario, cnyPerUsd, ...changes };
}

function readBack(shown: ShownList, market = MARKET) {
  const read = readBatchUpload(toSaveParts(shown), market);
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.faults));
  return read.request;
}

describe('a list that is saved from its page', () => {
  it('is computed with the scenario on the screen, whatever the market has done since', async () => {
    const shown = await aShownList({ ...createScenarioForm(), months: '36', power: '0.061', off: 'no' });
    const moved = aMarket({ priceUsdPerBtc: 1, difficulty: 1e12, height: 1_000_000, feesBtcPerBlock: 0.5, cnyPerUsd: 9 });
    for (const market of [MARKET, moved]) {
      const request = readBack(shown, market);
      expect(request.scenario).toEqual(shown.scenario);
      expect(request.cnyPerUsd).toBe(shown.cnyPerUsd);
    }
  });

  it('names the market’s source for figures that are the market’s, and the sender for those that are not', async () => {
    const { market } = readBack(await aShownList({ ...createScenarioForm(), price: '123456' }));
    expect(market.priceUsdPerBtc).toMatchObject({ value: 123_456, source: 'request', origin: 'request' });
    const { value, source, origin } = MARKET.difficulty;
    expect(market.difficulty).toMatchObject({ value, source, origin });
  });

  it('is read with the columns, the separator and the corrections of the page', async () => {
    const edits = [
      { row: 3, column: 1, value: '4' },
      { row: 3, column: 1, value: '5' },
    ];
    const choices = { ...NO_CHOICES, edits, skipRows: [9], duplicates: 'merge' as const };
    const shown = await aShownList(createScenarioForm(), { choices });
    const request = readBack(shown);
    expect(request.choices).toEqual({ ...choices, edits: [edits[1]] });
    expect(request.table).toEqual({ encoding: 'utf-8', delimiter: ';' });
    expect(request.headerRow).toBe(1);
    expect(request.corrections).toMatchObject([
      { column: 0, field: 'model' },
      { column: 1, field: 'count', unit: 'machines' },
      { column: 2, field: 'powerUsdPerKwh', unit: 'USD/kWh', decimalMark: ',' },
    ]);
  });
});

describe('the mapping of an upload', () => {
  const read = (mapping: unknown) => readBatchUpload({ defaults: null, mapping: JSON.stringify(mapping), choices: null }, MARKET);
  const columns = [{ column: 0, field: 'model' }];

  it('is the corrections alone, or which row is the header and the corrections, or the header alone', () => {
    expect(read(columns)).toMatchObject({ kind: 'ok', request: { corrections: columns } });
    expect(read({ headerRow: 4, columns })).toMatchObject({ kind: 'ok', request: { corrections: columns, headerRow: 4 } });
    // The proposal must then need no answer.
    expect(read({ headerRow: null })).toMatchObject({ kind: 'ok', request: { corrections: null, headerRow: null } });
    const guessed = read(columns);
    expect(guessed.kind === 'ok' && 'headerRow' in guessed.request).toBe(false);
  });

  it('is refused with its name when the header is no row', () => {
    for (const headerRow of [0, -1, 1.5, '4']) {
      const refused = read({ headerRow, columns });
      expect(refused.kind).toBe('invalid');
      expect(refused.kind === 'invalid' && refused.faults[0]!.field.startsWith('mapping')).toBe(true);
    }
  });
});
