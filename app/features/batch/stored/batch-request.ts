/** How an uploaded list is to be computed: fixed with the upload and stored beside it, so that every attempt and every reader comes to the same figures. */
import type { MarketFigure } from '#app/features/market/snapshot.ts';
import type { BatchScenario } from '../computing/scenario.ts';
import type { Correction } from '../mapping/correct-mapping.ts';
import type { TableChoice } from '../reading/open-table.ts';
import type { BatchChoices } from '../rows/read-batch.ts';

export type StoredRequest = {
  scenario: BatchScenario;
  cnyPerUsd: number | null;
  /** Over what is proposed; `null`: the proposal must need no answer. */
  corrections: Correction[] | null;
  /** Row of the header as the user says, `null`: the table has none; absent: it is guessed. */
  headerRow?: number | null;
  choices: BatchChoices;
  table: TableChoice;
  /** Where the market's figures of the scenario come from. */
  market: { [figure in MarketFigureName]?: StoredFigure | null };
};

export type MarketFigureName = 'height' | 'difficulty' | 'feesBtcPerBlock' | 'priceUsdPerBtc' | 'networkHashrateThs' | 'epochElapsedS';
/** `origin` `request`: whoever uploaded the list gave it. */
export type StoredFigure = {
  value: number;
  source: string;
  sourceUrl: string | null;
  at: string | null;
  origin: 'request' | MarketFigure['origin'];
};

export const MAX_NAME_LENGTH = 200;
/** Files go after this; computed rows stay. The migration's policy says the same. */
export const FILE_LIFE_DAYS = 90;

export const BATCH_STATUSES = ['uploading', 'queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type BatchStatus = (typeof BATCH_STATUSES)[number];

/** Why a list came to nothing. `refused`: the file is not read (`refusal.<code>` in batch.json). */
export type BatchFailure =
  | { kind: 'refused'; code: string; params: Readonly<Record<string, string | number>> }
  /** Columns ask for an answer, and the request gave none: `mapping` shows them. */
  | { kind: 'mapping_asks' }
  /** No column gives these, and neither does the request. */
  | { kind: 'fields_missing'; fields: readonly string[] }
  | { kind: 'invalid_scenario'; fields: readonly string[] }
  /** Every attempt of the worker broke off. */
  | { kind: 'given_up' };
