/** What the pages of saved lists are given, and what their forms come to: plain data. */
import type { ListedBatch, ShownHostedSums } from '../stored/batch-store.server.ts';
import type { StoredProgress } from '../stored/progress.ts';
import type { ShownSummary, StoredSummary } from '../stored/stored-summary.ts';

export type ListsView = { lists: (Omit<ListedBatch, 'createdAt'> & { createdAt: string })[]; mayWrite: boolean; mayReport: boolean };

export type Basis = {
  priceUsdPerBtc: number;
  priceSource: string;
  horizonMonths: number;
  networkGrowthRatioPerMonth: number;
  discountRatioPerYear: number;
};

export type SavedRow = {
  row: number;
  machine: string | null;
  count: number;
  hashrateThs: number;
  powerW: number;
  /** Null: the host's, and not for whoever reads through a link. */
  powerUsdPerKwh: number | null;
  netUsdPerDay: number | null;
  npvUsd: number | null;
  paybackMonths: number | null;
  /** Figures are missing because they are the host's. */
  isHostHidden: boolean;
};
/** `header` '': the whole line. `value`: as written in the file. */
export type SavedError = { row: number; header: string; value: string; text: string };

/** Why a list came to nothing, in words; `asks`: his answer is wanted, and the page of lists is where he gives it. */
export type SavedFailure = { text: string; asks: boolean };

/** A list as its page and a shared page show it. */
export type SavedList = {
  id: string;
  name: string;
  fileName: string;
  createdAt: string;
  isShared: boolean;
  hasFile: boolean;
  progress: StoredProgress;
  summary: ShownSummary | null;
  failure: SavedFailure | null;
  /** Of rows that name what a client pays; `null`: none does. */
  hosted: ShownHostedSums | null;
  basis: Basis;
  rows: SavedRow[];
  /** Cursor of the rows shown and of the page after it; `null`: the end. */
  afterRow: number;
  nextAfterRow: number | null;
  errors: SavedError[];
  /** There are more than these. */
  hasMoreErrors: boolean;
};

export const AGAIN_FIELDS = [
  'price',
  'difficulty',
  'months',
  'growth',
  'rise',
  'discount',
  'power',
  'pool',
  'uptime',
  'decay',
  'pue',
] as const;
export type AgainField = (typeof AGAIN_FIELDS)[number];

export type OneView = { list: SavedList; mayWrite: boolean; mayReport: boolean; again: Record<AgainField, string> };

export type ListAct = 'rename' | 'share' | 'unshare' | 'cancel' | 'delete';
export type ActResult =
  | { kind: 'done'; act: ListAct; link: string | null }
  | { kind: 'refused'; reason: 'notFound' | 'name' | 'intent' | 'noFile' }
  | { kind: 'faults'; faults: { field: AgainField; min: number; max: number }[]; typed: Record<AgainField, string> };

export type Compared = { id: string; name: string; summary: StoredSummary; basis: Basis };
export type CompareView = { pair: [Compared, Compared] | null };
