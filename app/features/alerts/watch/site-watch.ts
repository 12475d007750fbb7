/**
 * Watches the machines of one site: takes readings, and says which alerts open, grow, shrink and end. In memory and without a clock or a database; what it holds can be
 * rebuilt from the tables. A machine in order costs its checks and nothing else: states exist for troubles only.
 */
import { findEvidence, type Surroundings, steadyThs } from '../rules/checks.ts';
import type { Facts } from '../rules/facts.ts';
import { type AdoptTimes, learnFacts, toAdoptTimes } from '../rules/learn-facts.ts';
import { learnHashrate, learnInstead, type Memory, toMode } from '../rules/memory.ts';
import type { RuleId } from '../rules/rule-table.ts';
import { type ActiveRule, ActiveRules, isSilenced, OF_SILENCE, OF_WAKING, type RuleBook } from './active-rules.ts';
import { AlertLedger, type Held } from './alert-ledger.ts';
import { MissingMachines } from './missing-machines.ts';
import { NO_EVIDENCE, OpenTroubles } from './open-troubles.ts';
import { PeerGroups } from './peer-groups.ts';
import { inRounds, type JudgedReading } from './rounds.ts';
import type { AlertChange, SiteAlert } from './site-alert.ts';
import { type Entry, type WatchedMachine, WatchedSite } from './watched-site.ts';

/** Open, and nothing heard for so long that could tell: the alert ends as stale. */
const STALE_S = 86_400;

/** Readings that came within so many cadences are a watch that is being fed. */
const FED_CADENCES = 5;

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

export class SiteWatch {
  readonly #site = new WatchedSite();
  readonly #rules = new ActiveRules();
  readonly #ledger: AlertLedger;
  readonly #troubles: OpenTroubles;
  readonly #missing: MissingMachines;
  readonly #peers = new PeerGroups();
  #adopt: AdoptTimes = { firmwareS: 0, poolS: 0, workerS: 0, usualS: 0, boardsS: 0, chipsS: 0 };
  /** The newest reading that was judged here: without any of late the watch cannot tell what is still bad. */
  #fedAtS: number | null = null;

  constructor(private readonly options: SiteWatchOptions) {
    this.#ledger = new AlertLedger(options.newId);
    this.#troubles = new OpenTroubles(this.#site, this.#rules, this.#ledger);
    this.#missing = new MissingMachines(this.#site, this.#rules, this.#ledger, this.#troubles, options.cadenceS);
  }

  get openAlerts(): SiteAlert[] {
    return this.#ledger.open;
  }

  get size(): number {
    return this.#site.entries.size;
  }

  memories(): Iterable<[number, Memory]> {
    return [...this.#site.entries.values()].map(({ machine, memory }): [number, Memory] => [machine.number, memory]);
  }

  /** What has happened since the last call. */
  drain(): AlertChange[] {
    return this.#ledger.drain();
  }

  setRules(book: RuleBook, atS: number): void {
    this.#rules.set(book);
    this.#adopt = toAdoptTimes(book);
    const active = new Set(this.#rules.list.map(({ id }) => id));
    for (const entry of this.#site.entries.values()) {
      for (const id of [...entry.troubles.keys()]) if (!active.has(id)) this.#troubles.drop(entry, id, 'switched-off', atS);
    }
  }

  /** The machines as they stand now; those that are not named any more are forgotten. */
  setMachines(machines: readonly WatchedMachine[], atS: number): void {
    this.#missing.begin(atS);
    this.#site.set(machines, atS, (entry) => {
      for (const id of [...entry.troubles.keys()]) this.#troubles.drop(entry, id, 'retired', atS);
    });
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
      const entry = this.#site.entries.get(number);
      if (entry) entry.memory = memory;
    }
    this.hear(stored.heard);
    for (const { machine, rule, alertId, openedAtS, closedAtS, openings } of stored.troubles) {
      this.#site.entries.get(machine)?.troubles.set(rule, {
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
    this.#missing.takeOver(former.#missing);
    this.#fedAtS = former.#fedAtS;
    for (const [number, known] of former.#site.entries) {
      const entry = this.#site.entries.get(number);
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
      const entry = this.#site.entries.get(number);
      if (entry && (entry.heardAtS === null || heardAtS > entry.heardAtS)) this.#missing.hear(entry, heardAtS);
    }
  }

  /** Judges readings, each machine's in the order of time. Readings of machines that are not watched are left out. */
  take(readings: readonly JudgedReading[]): void {
    for (const round of inRounds(readings)) this.#takeRound(round);
  }

  #takeRound(readings: readonly JudgedReading[]): void {
    let latestS = 0;
    for (const { machine, facts } of readings) {
      const entry = this.#site.entries.get(machine);
      // Late and doubled readings tell nothing about now.
      if (entry === undefined || (entry.judgedAtS !== null && facts.atS <= entry.judgedAtS)) continue;
      entry.judgedAtS = facts.atS;
      entry.facts = facts;
      if (entry.heardAtS === null || facts.atS > entry.heardAtS) this.#missing.hear(entry, facts.atS);
      if (facts.atS > latestS) latestS = facts.atS;
    }
    if (latestS === 0) return;
    this.#fedAtS = latestS;
    this.#missing.readAgain(latestS);
    this.#peers.refresh(this.#site.entries.values(), latestS, this.options.cadenceS);
    for (const { machine, facts } of readings) {
      const entry = this.#site.entries.get(machine);
      if (entry?.facts === facts) this.#judge(entry, facts);
    }
    this.#troubles.openAll(latestS);
  }

  /** What time alone brings about: a site that is not read, machines that are not heard any more, and alerts about which nothing is known any more. */
  tick(nowS: number): void {
    this.#missing.look(nowS);
    const isFed = this.#fedAtS !== null && nowS - this.#fedAtS <= FED_CADENCES * this.options.cadenceS;
    for (const entry of this.#site.entries.values()) {
      for (const [id, held] of entry.troubles) {
        if (held.phase !== 'open' || nowS - held.judgedAtS <= STALE_S) continue;
        if (entry.machine.hasAddress ? isFed && !OF_SILENCE.has(id) : true) this.#troubles.drop(entry, id, 'stale', nowS);
      }
    }
    this.#troubles.openAll(nowS);
  }

  #judge(entry: Entry, facts: Facts): void {
    const { machine, memory, troubles } = entry;
    const announced = facts.announced === null || facts.announced === 'running' ? machine.status : facts.announced;
    const around = this.#look(machine, facts);
    for (const id of learnFacts(memory, facts, this.#adopt)) this.#troubles.drop(entry, id, 'adopted', facts.atS);
    for (const rule of this.#rules.list) {
      if (isSilenced(announced, rule)) {
        if (troubles.has(rule.id)) this.#troubles.drop(entry, rule.id, announced === 'curtailed' ? 'curtailed' : 'maintenance', facts.atS);
        continue;
      }
      if (facts.trouble !== 'none' && !OF_SILENCE.has(rule.id)) continue;
      if (facts.atS < entry.quietUntilS && OF_WAKING.has(rule.id)) continue;
      const { numbers } = rule.settings;
      const sight = withHosts(around, rule);
      const verdict = rule.check(facts, numbers, memory, sight);
      if (verdict === 'unknown' || (verdict !== 'bad' && !troubles.has(rule.id))) continue;
      const evidence = verdict === 'bad' ? findEvidence(rule.id, facts, numbers, memory, sight) : NO_EVIDENCE;
      this.#troubles.step(entry, rule, verdict, facts.atS, evidence);
    }
    // The sick teach nothing: their baseline is the one of better days.
    const steady = steadyThs(facts);
    if (steady === null || announced !== 'active') return;
    const mode = toMode(facts.mode);
    if (isIll(troubles)) {
      if (learnInstead(memory, mode, steady, facts.atS, this.#adopt.usualS))
        this.#troubles.drop(entry, 'below-baseline', 'adopted', facts.atS);
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
}

/** Only the rule of the pool has hosts; every other shares one object of a reading. */
const withHosts = (around: Surroundings, { settings }: ActiveRule): Surroundings =>
  settings.poolHosts.length === 0 ? around : { ...around, poolHosts: settings.poolHosts };

function isIll(troubles: ReadonlyMap<RuleId, Held>): boolean {
  for (const [id, { phase }] of troubles) if (phase !== 'cooling' && OF_WAKING.has(id)) return true;
  return false;
}
