/** How the file of a stored list is read: the one way for whoever computes it and whoever writes about it. */
import { toReadingDefaults } from '../computing/scenario.ts';
import { correctMapping } from '../mapping/correct-mapping.ts';
import { mapTable } from '../mapping/map-table.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { createModelMatcher } from '../matching/model-matcher.ts';
import type { Table } from '../reading/open-table.ts';
import type { BatchOptions } from '../rows/read-batch.ts';
import type { StoredRequest } from './batch-request.ts';

export async function mapColumns(table: Table, { cnyPerUsd, corrections, headerRow }: StoredRequest): Promise<Mapping> {
  const { isModel } = createModelMatcher();
  const { mapping: proposed } = await mapTable(table, { isModel, cnyPerUsd, headerRow });
  return corrections === null ? proposed : correctMapping(proposed, corrections, { cnyPerUsd });
}

export function toReadingOptions(mapping: Mapping, { scenario, cnyPerUsd, choices }: StoredRequest): BatchOptions {
  return {
    mapping,
    matcher: createModelMatcher(),
    defaults: toReadingDefaults(scenario.defaults.powerUsdPerKwh !== null),
    cnyPerUsd,
    choices,
  };
}
