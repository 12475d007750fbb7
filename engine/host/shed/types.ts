/** What a shed problem is and what its answer says. Units are in the names; `null` is unknown, not given, or does not exist. */
import type { ShedStrategy } from '../../units/shed-fields.ts';

/** `powerW` 0 is off. */
export type ShedMode = { powerW: number; profitUsdPerHour: number };

export type ShedMachine = {
  /** Unlike any other of the problem. */
  id: string;
  client: string | null;
  /** The lower, the longer the machine keeps its power under `customer-priority`; without a tier it gives up power first. */
  tier: number | null;
  /** The higher, the longer the machine keeps its power under `performance-priority`; given for all machines or for none (then profit per kW now). */
  score: number | null;
  locked: boolean;
  /** Paid when the machine goes from drawing power to off. */
  restartUsd: number;
  /** Index of the mode it is in. */
  current: number;
  modes: readonly ShedMode[];
};

/** Rules of the strategy `custom`. */
export type ShedRules = {
  /** Only machines of these tiers, clients and scores may change; `null`: of any. */
  tiers: readonly number[] | null;
  clients: readonly string[] | null;
  scoreAtMost: number | null;
  /** What a lost dollar counts for; of several entries that fit a machine the first holds, without one 1. */
  weights: readonly { client: string | null; tier: number | null; weight: number }[];
  /** Of the machines that draw power now at least this share still does. */
  minimumOnlineRatio: number;
};

export type ShedProblem = {
  targetW: number;
  durationHours: number;
  strategy: ShedStrategy;
  /** Read by the strategy `custom` only. */
  custom: ShedRules | null;
  machines: readonly ShedMachine[];
};

/** Why a machine is where it is, with the figures that say so. */
export type ShedReason =
  /** Changed: profit lost per hour (negative: it gains), and the restart to come. */
  | { code: 'stopped' | 'lowered' | 'raised'; lostUsdPerHour: number; restartUsd: number }
  /** Not changed: taking it instead of the marginal machine would cost this much more, for the power it could give up. */
  | { code: 'kept'; extraUsdPerHour: number; marginalUsdPerKwh: number }
  /** Not changed: as cheap as the marginal machine, but the target is met without it. */
  | { code: 'spared'; marginalUsdPerKwh: number }
  /** The strategy spares it as long as others can give up the power. */
  | { code: 'protected'; by: 'tier' | 'score'; level: number | null }
  | { code: 'locked' | 'not-eligible'; blockedW: number }
  /** It has no mode that draws less. */
  | { code: 'nothing-to-shed' }
  /** The target is out of reach; the machine can give up this much. */
  | { code: 'gives-all'; maximumW: number };

/** `mode` null: no plan, because the target is out of reach. */
export type ShedDecision = { id: string; mode: number | null; reason: ShedReason };

/** Power that would be there but for one rule. */
export type ShedBlocker = { because: 'locked' | 'not-eligible' | 'minimum-online'; machines: number; blockedW: number };

type ShedCommon = {
  kind: 'ok';
  /** Most power the strategy can give up. */
  maximumShedW: number;
  machines: ShedDecision[];
  blockers: ShedBlocker[];
  /** Smallest amounts told apart: every power and every loss is a whole multiple. */
  lattice: { powerW: number; moneyUsd: number };
  engineVersion: string;
};

export type ShedPlan = ShedCommon & {
  /** `optimal`: proven. `bounded`: the state budget ended first; plan and bound hold. */
  status: 'optimal' | 'bounded';
  shedW: number;
  /** Sum of (profit[current] - profit[mode]) * durationHours + restarts; negative: the plan gains. */
  lostUsd: number;
  /** No plan of this strategy loses less. */
  boundUsd: number;
  /** lostUsd - boundUsd */
  gapUsd: number;
  /** What the strategy costs beyond least profit. */
  policyPriceUsd: number;
  /** States looked at. */
  states: number;
};

export type ShedInfeasible = ShedCommon & {
  status: 'infeasible';
  shedW: null;
  lostUsd: null;
  boundUsd: null;
  gapUsd: null;
  policyPriceUsd: null;
};

/** `path` leads to the value, as in `['machines', 3, 'powerW']`. */
export type ShedError = {
  path: readonly (string | number)[];
  value: unknown;
  code: 'out_of_range' | 'not_an_integer' | 'duplicate_id' | 'no_such_mode' | 'score_missing' | 'too_many' | 'no_modes';
  min: number | null;
  max: number | null;
  minExclusive: boolean;
};

export type ShedInvalid = { kind: 'invalid'; errors: ShedError[] };
export type ShedResult = ShedPlan | ShedInfeasible | ShedInvalid;
