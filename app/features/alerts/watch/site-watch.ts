/**
 * Watches the machines of one site: takes readings, and says which alerts open, grow, shrink and end. In memory and without a clock or a database; what it holds can be
 * rebuilt from the tables. A machine in order costs its checks and nothing else: states exist for troubles only.
 */
import type { MachineStatus } from '#app/features/sites/machines/machine-fields.ts';
import { toPatienceS } from '#app/features/telemetry/layers.ts';
import { CHECKS, type Check, type Evidence, findEvidence, type Surroundings, steadyThs, type Verdict, WARM_UP_S } from '../rules/checks.ts';
import type { Facts } from '../rules/facts.ts';
import { type AdoptTimes, learnFacts, toAdoptTimes } from '../rules/learn-facts.ts';
import { forgetStarts, learnHashrate, learnInstead, type Memory, newMemory, toMode } from '../rules/memory.ts';
import type { RuleSettings } from '../rules/rule-settings.ts';
import { findRule, RULE_IDS, type RuleId, raise } from '../rules/rule-table.ts';
import { AlertLedger, type Held, type Joining } from './alert-ledger.ts';
import { findCommonCause, type Group, isCommon, toGroupId } from './common-cause.ts';
import { Hearing } from './hearing.ts';
import { PeerGroups } from './peer-groups.ts';
import { inRounds, type JudgedReading } from './rounds.ts';
import { type AlertChange, isAbout, type Resolution, type SiteAlert } from './site-alert.ts';
import { advance, findTurn, isRecurring } from './trouble.ts';

/** Open, and nothing heard for so long that could tell: the alert ends as stale. */
const STALE_S = 86_400;

/** For so long a common alert takes in whatever fails around it; later only while its place as a whole is failing. */
const YOUNG_S = 900;
/** Readings that came within so many cadences are a watch that is being fed. */
const FED_CADENCES = 5;

/** A machine as the watch needs it. */
export type WatchedMachine = {
  id: string;
  number: number;
  status: MachineStatus;
  model: string | null;
  ratedHashrateThs: number | null;
  worker: string | null;
  /** Without one nobody can ask it. */
  hasAddress: boolean;
  /** Where it stands and hangs, from wide to narrow. */
  groups: readonly Group[];
};

type Entry = {
  machine: WatchedMachine;
  memory: Memory;
  facts: Facts | null;
  /** Last reading, failed or not, whoever took it; null: never. */
  heardAtS: number | null;
  /** Last reading that was judged here; null: none. */
  judgedAtS: number | null;
  /** After maintenance or curtailment the hash rate may take its time. */
  quietUntilS: number;
  troubles: Map<RuleId, Held>;
};

type ActiveRule = { id: RuleId; check: Check; settings: RuleSettings; isGrouped: boolean; isOfSite: boolean; watchesCurtailed: boolean };
type Opening = { entry: Entry; rule: ActiveRule; held: Held; evidence: Evidence; atS: number };

export type RuleBook = Readonly<Record<RuleId, RuleSettings>>;
/** A trouble as the tables know it. */
export type StoredTrouble = {
  machine: number;
  rule: RuleId;
  alertId: string;
  openedAtS: number;
  closedAtS: number | null;
  openings: readonly number[];
};
export type SiteWatchOptions = { site: number; cadenceS: number; newId: () => string };

/** Rules that a failed reading answers; every other needs what the machine says. */
const OF_SILENCE: ReadonlySet<RuleId> = new Set(['offline', 'not-read', 'unknown-state']);

/** Rules that a machine which is waking up cannot answer for. */
const OF_WAKING: ReadonlySet<RuleId> = new Set([
  'zero-hashrate',
  'low-hashrate',
  'below-baseline',
  'below-peers',
  'boards-lost',
  'chips-lost',
]);

export class SiteWatch {
  readonly #entries = new Map<number, Entry>();
  readonly #ledger: AlertLedger;
  readonly #peers = new PeerGroups();
  readonly #groupSizes = new Map<string, number>();
  #rules: ActiveRule[] = [];
  #adopt: AdoptTimes = { firmwareS: 0, poolS: 0, workerS: 0, usualS: 0, boardsS: 0, chipsS: 0 };
  #hearing = new Hearing();
  /** The newest reading that was judged here: without any of late the watch cannot tell what is still bad. */
  #fedAtS: number | null = null;
  #openings: Opening[] = [];

  constructor(private readonly options: SiteWatchOptions) {
    this.#ledger = new AlertLedger(options.newId);
  }

  get openAlerts(): SiteAlert[] {
    return this.#ledger.open;
  }

  get size(): number {
    return this.#entries.size;
  }

  memories(): Iterable<[number, Memory]> {
    return [...this.#entries.values()].map(({ machine, memory }): [number, Memory] => [machine.number, memory]);
  }

  /** What has happened since the last call. */
  drain(): AlertChange[] {
    return this.#ledger.drain();
  }

  setRules(book: RuleBook, atS: number): void {
    this.#rules = RULE_IDS.filter((id) => book[id].isEnabled).map((id) => {
      const { isGrouped, isOfSite, watchesCurtailed } = findRule(id);
      return { id, check: CHECKS[id], settings: book[id], isGrouped, isOfSite, watchesCurtailed };
    });
    this.#adopt = toAdoptTimes(book);
    const active = new Set(this.#rules.map(({ id }) => id));
    for (const entry of this.#entries.values()) {
      for (const id of [...entry.troubles.keys()]) if (!active.has(id)) this.#drop(entry, id, 'switched-off', atS);
    }
  }

  /** The machines as they stand now; those that are not named any more are forgotten. */
  setMachines(machines: readonly WatchedMachine[], atS: number): void {
    this.#hearing.begin(atS);
    const named = new Set(machines.map(({ number }) => number));
    for (const entry of [...this.#entries.values()]) {
      if (named.has(entry.machine.number)) continue;
      for (const id of [...entry.troubles.keys()]) this.#drop(entry, id, 'retired', atS);
      this.#entries.delete(entry.machine.number);
    }
    this.#groupSizes.clear();
    for (const machine of machines) {
      const entry = this.#entries.get(machine.number);
      if (entry === undefined) {
        this.#entries.set(machine.number, {
          machine,
          memory: newMemory(),
          facts: null,
          heardAtS: null,
          judgedAtS: null,
          quietUntilS: 0,
          troubles: new Map(),
        });
      } else {
        if (entry.machine.status !== 'active' && machine.status === 'active') {
          entry.quietUntilS = atS + WARM_UP_S;
          forgetStarts(entry.memory);
        }
        entry.machine = machine;
      }
      if (machine.status !== 'active') continue;
      for (const group of machine.groups) this.#groupSizes.set(toGroupId(group), (this.#groupSizes.get(toGroupId(group)) ?? 0) + 1);
    }
  }

  /** What the tables hold, before the first reading. */
  restore(
    stored: {
      alerts: readonly SiteAlert[];
      troubles: readonly StoredTrouble[];
      memories: Iterable<[number, Memory]>;
      heard: Iterable<[number, number]>;
    },
    atS: number,
  ): void {
    this.#ledger.restore(stored.alerts);
    for (const [number, memory] of stored.memories) {
      const entry = this.#entries.get(number);
      if (entry) entry.memory = memory;
    }
    this.hear(stored.heard);
    for (const { machine, rule, alertId, openedAtS, closedAtS, openings } of stored.troubles) {
      this.#entries.get(machine)?.troubles.set(rule, {
        phase: closedAtS === null ? 'open' : 'cooling',
        bits: 0,
        badSinceS: openedAtS,
        clears: 0,
        closedAtS,
        openings,
        alertId,
        judgedAtS: atS,
      });
    }
  }

  /** What a watch of the same site that is out of date knew and no table keeps: what is pending, what was learned since the last saving. */
  takeOver(former: SiteWatch): void {
    this.#hearing = former.#hearing;
    this.#fedAtS = former.#fedAtS;
    for (const [number, known] of former.#entries) {
      const entry = this.#entries.get(number);
      if (entry === undefined) continue;
      entry.memory = known.memory;
      entry.facts = known.facts;
      entry.judgedAtS = known.judgedAtS;
      entry.quietUntilS = known.quietUntilS;
      for (const [id, held] of known.troubles) {
        // What opened there and was never written waits for its next bad reading.
        if (held.phase !== 'cooling' && !entry.troubles.has(id)) entry.troubles.set(id, { ...held, phase: 'pending', alertId: null });
      }
    }
  }

  /** When machines were last asked, where another process does the asking. */
  hear(heard: Iterable<[number, number]>): void {
    for (const [number, heardAtS] of heard) {
      const entry = this.#entries.get(number);
      if (entry && (entry.heardAtS === null || heardAtS > entry.heardAtS)) this.#hearOne(entry, heardAtS);
    }
  }

  #hearOne(entry: Entry, heardAtS: number): void {
    entry.heardAtS = heardAtS;
    this.#hearing.hear(heardAtS, this.#patienceS('not-read', true));
  }

  /** Without a reading for longer than this something is wrong with the reading. A machine that did not answer is asked less and less often, and needs more patience. */
  #patienceS(id: RuleId, answered: boolean | null): number {
    const holdS = this.#rules.find((rule) => rule.id === id)?.settings.timing.holdS ?? 0;
    return Math.max(holdS, toPatienceS(this.options.cadenceS, answered));
  }

  /** Whether any machine answered when it was last asked; null: of none is that known. */
  #anyAnswered(): boolean | null {
    let any: boolean | null = null;
    for (const entry of this.#entries.values()) {
      const answered = hasAnswered(entry);
      if (answered === true) return true;
      any ??= answered;
    }
    return any;
  }

  /** Judges readings, each machine's in the order of time. Readings of machines that are not watched are left out. */
  take(readings: readonly JudgedReading[]): void {
    for (const round of inRounds(readings)) this.#takeRound(round);
  }

  #takeRound(readings: readonly JudgedReading[]): void {
    let latestS = 0;
    for (const { machine, facts } of readings) {
      const entry = this.#entries.get(machine);
      // Late and doubled readings tell nothing about now.
      if (entry === undefined || (entry.judgedAtS !== null && facts.atS <= entry.judgedAtS)) continue;
      entry.judgedAtS = facts.atS;
      entry.facts = facts;
      if (entry.heardAtS === null || facts.atS > entry.heardAtS) this.#hearOne(entry, facts.atS);
      if (facts.atS > latestS) latestS = facts.atS;
    }
    if (latestS === 0) return;
    this.#fedAtS = latestS;
    this.#readAgain(latestS);
    this.#peers.refresh(this.#entries.values(), latestS, this.options.cadenceS);
    for (const { machine, facts } of readings) {
      const entry = this.#entries.get(machine);
      if (entry?.facts === facts) this.#judge(entry, facts);
    }
    this.#openAll(latestS);
  }

  /** What time alone brings about: a site that is not read, machines that are not heard any more, and alerts about which nothing is known any more. */
  tick(nowS: number): void {
    // No data is not down: while nobody reads the site, nothing is known of its machines.
    if (this.#hearing.isUnread(nowS, this.#patienceS('not-read', this.#anyAnswered()))) this.#stepUnread(nowS);
    else this.#stepUnheard(nowS);
    const isFed = this.#fedAtS !== null && nowS - this.#fedAtS <= FED_CADENCES * this.options.cadenceS;
    for (const entry of this.#entries.values()) {
      for (const [id, held] of entry.troubles) {
        if (held.phase !== 'open' || nowS - held.judgedAtS <= STALE_S) continue;
        if (entry.machine.hasAddress ? isFed && !OF_SILENCE.has(id) : true) this.#drop(entry, id, 'stale', nowS);
      }
    }
    this.#openAll(nowS);
  }

  #stepUnread(nowS: number): void {
    const rule = this.#rules.find(({ id }) => id === 'not-read');
    if (rule === undefined) return;
    for (const entry of this.#entries.values()) {
      const { machine, heardAtS } = entry;
      if (machine.status === 'active' && machine.hasAddress && heardAtS !== null) this.#overdue(entry, rule, nowS, heardAtS);
    }
  }

  #stepUnheard(nowS: number): void {
    const rule = this.#rules.find(({ id }) => id === 'offline');
    if (rule === undefined) return;
    const couldHearSinceS = this.#hearing.couldHearSinceS(nowS);
    for (const entry of this.#entries.values()) {
      const { machine, heardAtS } = entry;
      if (machine.status !== 'active' || !machine.hasAddress || heardAtS === null) continue;
      if (nowS - Math.max(heardAtS, couldHearSinceS) > this.#patienceS('offline', hasAnswered(entry)))
        this.#overdue(entry, rule, nowS, heardAtS);
    }
  }

  /** The site is read again, whatever its machines say. */
  #readAgain(atS: number): void {
    const isOpen = this.#ledger.open.some(({ rule }) => rule === 'not-read');
    if (!isOpen) return;
    for (const entry of this.#entries.values()) if (entry.troubles.has('not-read')) this.#drop(entry, 'not-read', 'recovered', atS);
  }

  /** Each tick is one more look at which nothing had come: as many as the rule asks for have been missed by now. */
  #overdue(entry: Entry, rule: ActiveRule, nowS: number, heardAtS: number): void {
    const { timing } = rule.settings;
    if (entry.troubles.get(rule.id)?.phase === 'open') return;
    for (let look = 0; look < timing.badSamples; look += 1) this.#step(entry, rule, 'bad', nowS, NO_EVIDENCE, heardAtS);
  }

  #judge(entry: Entry, facts: Facts): void {
    const { machine, memory, troubles } = entry;
    const announced = facts.announced === null || facts.announced === 'running' ? machine.status : facts.announced;
    const around = this.#look(machine, facts);
    for (const id of learnFacts(memory, facts, this.#adopt)) this.#drop(entry, id, 'adopted', facts.atS);
    for (const rule of this.#rules) {
      if (isSilenced(announced, rule)) {
        if (troubles.has(rule.id)) this.#drop(entry, rule.id, announced === 'curtailed' ? 'curtailed' : 'maintenance', facts.atS);
        continue;
      }
      if (facts.trouble !== 'none' && !OF_SILENCE.has(rule.id)) continue;
      if (facts.atS < entry.quietUntilS && OF_WAKING.has(rule.id)) continue;
      const { numbers } = rule.settings;
      const sight = withHosts(around, rule);
      const verdict = rule.check(facts, numbers, memory, sight);
      if (verdict === 'unknown' || (verdict !== 'bad' && !troubles.has(rule.id))) continue;
      const evidence = verdict === 'bad' ? findEvidence(rule.id, facts, numbers, memory, sight) : NO_EVIDENCE;
      this.#step(entry, rule, verdict, facts.atS, evidence);
    }
    // The sick teach nothing: their baseline is the one of better days.
    const steady = steadyThs(facts);
    if (steady === null || announced !== 'active') return;
    const mode = toMode(facts.mode);
    if (isIll(troubles)) {
      if (learnInstead(memory, mode, steady, facts.atS, this.#adopt.usualS)) this.#drop(entry, 'below-baseline', 'adopted', facts.atS);
    } else learnHashrate(memory, mode, steady, facts.atS);
  }

  #look(machine: WatchedMachine, facts: Facts): Surroundings {
    const { hashrate, temperatureC } = this.#peers.of(machine, facts);
    return {
      ratedHashrateThs: machine.ratedHashrateThs,
      expectedWorker: machine.worker,
      poolHosts: [],
      peerHashrate: hashrate,
      peerTemperatureC: temperatureC,
    };
  }

  #step(entry: Entry, rule: ActiveRule, verdict: Verdict, atS: number, evidence: Evidence, sinceS = atS): void {
    const { timing } = rule.settings;
    const before = entry.troubles.get(rule.id) ?? null;
    const after = advance(before, verdict, atS, timing, sinceS);
    if (after === null) {
      entry.troubles.delete(rule.id);
      return;
    }
    const held: Held = { ...after, alertId: before?.alertId ?? null, judgedAtS: atS };
    entry.troubles.set(rule.id, held);
    const turn = findTurn(before, after, atS, timing);
    if (turn === 'opened' || turn === 'reopened') {
      if (turn === 'opened') held.alertId = null;
      this.#openings.push({ entry, rule, held, evidence, atS });
    } else if (turn === 'resolved') this.#leave(entry, rule.id, held.alertId, 'recovered', atS);
  }

  /** Alerts of what opened in this go, after all of it is known: only together the openings show what they have in common. */
  #openAll(nowS: number): void {
    const openings = this.#openings;
    this.#openings = [];
    const failed = new Map<RuleId, Map<string, number>>();
    for (const opening of openings) {
      const { entry, rule, held, atS } = opening;
      // A group that took it in meanwhile, or a rule that went off.
      if (entry.troubles.get(rule.id) !== held || held.phase !== 'open') continue;
      const former = this.#ledger.find(held.alertId);
      if (former !== undefined && former.scope === 'machine') this.#ledger.reopen(former, toJoining(opening));
      else if (!this.#ledger.isIn(held, entry.machine.number)) {
        const group = rule.isOfSite ? (entry.machine.groups[0] ?? null) : rule.isGrouped ? this.#findGroup(opening, failed) : null;
        const alone = { scope: 'machine', key: String(entry.machine.number) } as const;
        if (group === null) this.#ledger.begin(rule.id, alone, { severity: rule.settings.severity, toldMachines: 1 }, toJoining(opening));
        else this.#openGroup(opening, group, failed.get(rule.id)?.get(toGroupId(group)) ?? 0);
      }
      if (isRecurring(held, rule.settings.timing)) this.#ledger.raise(held, rule.settings.severity, atS);
    }
    this.#ledger.tellGrown(nowS);
    this.#ledger.forget(nowS, Math.max(0, ...this.#rules.map(({ settings }) => settings.timing.coolDownS)));
  }

  /** An open group alert of the machine's surroundings takes it in while it is the same event; else enough must have failed there together. */
  #findGroup({ entry, rule, atS }: Opening, counted: Map<RuleId, Map<string, number>>): Group | null {
    const { groups } = entry.machine;
    let failed = counted.get(rule.id);
    if (failed === undefined) {
      failed = this.#countFailed(rule.id);
      counted.set(rule.id, failed);
    }
    for (const { alert, group } of this.#ledger.around(rule.id, groups)) {
      if (atS - alert.openedAtS < YOUNG_S || isCommon(group, failed, this.#groupSizes)) return group;
    }
    return findCommonCause(groups, failed, this.#groupSizes);
  }

  /** Machines with this trouble by group, those whose time has not come yet as well: they fail by the same cause. */
  #countFailed(id: RuleId): Map<string, number> {
    const failed = new Map<string, number>();
    for (const { machine, troubles } of this.#entries.values()) {
      const held = troubles.get(id);
      if (held === undefined || !(held.phase === 'open' || (held.bits & 1) === 1)) continue;
      for (const group of machine.groups) failed.set(toGroupId(group), (failed.get(toGroupId(group)) ?? 0) + 1);
    }
    return failed;
  }

  /** `failedHere`: machines that have failed there by now, those included whose time has not come yet. */
  #openGroup(opening: Opening, group: Group, failedHere: number): void {
    const { entry, rule, atS } = opening;
    const [existing] = this.#ledger.around(rule.id, [group]);
    if (existing !== undefined) {
      this.#ledger.join(existing.alert, toJoining(opening));
      return;
    }
    // A whole place is graver than one machine of it.
    const severity = rule.isOfSite ? rule.settings.severity : raise(rule.settings.severity);
    const alert = this.#ledger.begin(rule.id, group, { severity, toldMachines: failedHere }, toJoining(opening));
    for (const other of this.#entries.values()) {
      const its = other.troubles.get(rule.id);
      if (other === entry || its?.phase !== 'open' || !other.machine.groups.some((one) => isAbout(alert, one))) continue;
      const former = its.alertId;
      this.#ledger.join(alert, { machine: other.machine.number, held: its, evidence: NO_EVIDENCE, atS });
      if (former !== null && former !== alert.id) this.#leave(other, rule.id, former, 'grouped', atS);
    }
  }

  /** The trouble is forgotten with its past: what was announced is no return of the same fault. */
  #drop(entry: Entry, id: RuleId, because: Resolution, atS: number): void {
    const held = entry.troubles.get(id);
    entry.troubles.delete(id);
    if (held?.phase === 'open') this.#leave(entry, id, held.alertId, because, atS);
  }

  #leave({ machine }: Entry, id: RuleId, alertId: string | null, because: Resolution, atS: number): void {
    const coolDownOf = (rule: RuleId) => this.#rules.find((one) => one.id === rule)?.settings.timing.coolDownS ?? 0;
    this.#ledger.leave(machine.number, alertId, because, atS, coolDownOf(id));
  }
}

const hasAnswered = ({ facts }: Entry): boolean | null => (facts === null ? null : facts.trouble === 'none');

const toJoining = ({ entry, held, evidence, atS }: Opening): Joining => ({ machine: entry.machine.number, held, evidence, atS });

const NO_EVIDENCE: Evidence = { seen: null, limit: null };

function isSilenced(status: MachineStatus, { watchesCurtailed }: ActiveRule): boolean {
  if (status === 'active') return false;
  return status === 'curtailed' ? !watchesCurtailed : true;
}

/** Only the rule of the pool has hosts; every other shares one object of a reading. */
const withHosts = (around: Surroundings, { settings }: ActiveRule): Surroundings =>
  settings.poolHosts.length === 0 ? around : { ...around, poolHosts: settings.poolHosts };

function isIll(troubles: ReadonlyMap<RuleId, Held>): boolean {
  for (const [id, { phase }] of troubles) if (phase !== 'cooling' && OF_WAKING.has(id)) return true;
  return false;
}
