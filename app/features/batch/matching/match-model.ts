/**
 * Which machine of the catalogue a name in a list means, and how sure that is. Exact and alias first; then a typing error in a word;
 * then, for a name that leaves the bin open, the nearest by hash rate and power. A digit is never a typing error: an S17 is no S19.
 * Names that several machines fit equally well are left to the user.
 */
import { findMachine, suggestMachines } from '../../catalogue/find-machine.ts';
import { compactName, MAKER_ALIASES, makerOf, modelOf } from '../../catalogue/machine-name.ts';
import { MACHINES, type Machine } from '../../catalogue/machines.ts';
import { editDistance } from './edit-distance.ts';

export type MatchKind =
  /** Chosen by the user for this name. */
  | 'chosen'
  /** The catalogue's own name, or a user's own model. */
  | 'exact'
  /** Another spelling of it: case, spaces, maker's word in another language, hash rate behind it. */
  | 'alias'
  /** The model is known, the hash rate in the name is of a bin that is not: the nearest bin. */
  | 'bin'
  /** A typing error. */
  | 'typo'
  /** The name leaves it open; hash rate or power decide. */
  | 'nearest';

export type MachineMatch = {
  kind: MatchKind;
  machine: Machine;
  /** 0..1. */
  confidence: number;
  /** TH/s that the name itself states ("S19j Pro 105T"); `null`: none, or the machine's own. */
  namedHashrateThs: number | null;
};

export type ModelAnswer = { kind: 'match'; match: MachineMatch } | { kind: 'unknown'; suggestions: readonly Machine[] };

/** What the row says of the machine besides its name; `null`: not said. */
export type MachineFigures = { hashrateThs: number | null; powerW: number | null };

/** From here a match is used; below it is only offered. */
export const MATCH_FROM = 0.8;

const EXACT = 1;
const ALIAS = 0.98;
const NEAREST = 0.85;
/** Hash rate or power apart from the catalogue's by more than this share is another bin. */
const BIN_TOLERANCE = 0.06;
/** Hash rates as near as this are of one bin, rounded. */
const SAME_BIN = 0.015;
const FIGURE_TOLERANCE = 0.05;
/** From this gap on a machine whose name only begins as written may be meant. */
const OTHER_MODEL_GAP = 0.1;
/** Letters that a typing error changes; a missing "Hyd" or "Pro" is three. */
const MAX_TYPO_EDITS = 2;
/** Below this likeness a name is not even offered. */
const SUGGEST_FROM = 0.5;
const MAX_NAME_LENGTH = 60;

type Entry = { machine: Machine; model: string; forms: string[] };

/**
 * "S19j Pro 105T" -> "S19j Pro" and 105; no hash rate behind the name: `null`. Read from the text as written: without its spaces "S21 195T"
 * would be an S21195.
 */
function cutHashrate(name: string): { base: string; hashrateThs: number | null } {
  const match = /^(.*?[^\d.])(\d+(?:\.\d+)?)\s*t(?:h(?:\/?s)?)?\)?\s*$/i.exec(name.normalize('NFKC'));
  // "T2T": what stands before must be a model of its own.
  if (match === null || !/\d/.test(match[1]!)) return { base: name, hashrateThs: null };
  return { base: match[1]!.replace(/[\s(\-_/]+$/, ''), hashrateThs: Number(match[2]) };
}

/** The model's name without its bin: "Antminer S21 (195T)" -> "s21". */
function familyOf(machine: Machine): string {
  return modelOf(cutHashrate(machine.name).base);
}

const ENTRIES: readonly Entry[] = MACHINES.map((machine) => {
  const model = familyOf(machine);
  return { machine, model, forms: [model, ...MAKER_ALIASES[machine.maker].map((alias) => compactName(alias) + model)] };
});

/**
 * The characters that tell machines apart: numbers with the letters beside them, and pluses. "s19jpro" -> "s19j", "m30s++" -> "m30s++".
 * Names in which these differ are never the same machine with a typing error.
 */
function codeOf(model: string): string {
  return (model.match(/\p{L}?\d+(?:\.\d+)?[^\d+]?|\+/gu) ?? []).join('');
}

function relativeGap(value: number, of: number): number {
  return Math.abs(value - of) / of;
}

/** Largest of the known gaps between the figures and the machine's; `null`: no figure is known. */
function gapTo(machine: Machine, { hashrateThs, powerW }: MachineFigures): number | null {
  const gaps = [
    ...(hashrateThs === null ? [] : [relativeGap(hashrateThs, machine.hashrateThs)]),
    ...(powerW === null ? [] : [relativeGap(powerW, machine.powerW)]),
  ];
  return gaps.length === 0 ? null : Math.max(...gaps);
}

function nearest(machines: readonly Machine[], figures: MachineFigures): { machine: Machine; gap: number } | null {
  let best: { machine: Machine; gap: number } | null = null;
  for (const machine of machines) {
    const gap = gapTo(machine, figures);
    if (gap === null) continue;
    // Of equals the plainer name: "S19 Pro" and not a bin of another model.
    const isBetter = best === null || gap < best.gap || (gap === best.gap && machine.name.length < best.machine.name.length);
    if (isBetter) best = { machine, gap };
  }
  return best;
}

/** The bin of the same model that the row's figures fit best; the machine itself when they fit none better. */
function chooseBin(machine: Machine, figures: MachineFigures): Machine {
  const model = familyOf(machine);
  const bins = ENTRIES.filter((entry) => entry.model === model && entry.machine.maker === machine.maker).map((entry) => entry.machine);
  const best = nearest(bins, figures);
  if (best === null || best.gap > BIN_TOLERANCE) return machine;
  return best.gap < gapTo(machine, figures)! ? best.machine : machine;
}

function matchExactly(name: string, figures: MachineFigures): MachineMatch | null {
  const machine = findMachine(name);
  if (machine === null) return null;
  const isOwnName = compactName(name) === compactName(machine.name);
  const namesBin = cutHashrate(name).hashrateThs !== null;
  const bin = namesBin ? machine : chooseBin(machine, figures);
  // "S19" beside 110 TH/s is what people call an S19 Pro.
  if ((gapTo(bin, figures) ?? 0) > OTHER_MODEL_GAP) {
    const other = matchNearest(name, figures);
    if (other !== null) return other;
  }
  return { kind: isOwnName ? 'exact' : 'alias', machine: bin, confidence: isOwnName ? EXACT : ALIAS, namedHashrateThs: null };
}

/** "S19j Pro 105T": a known model with the hash rate of a bin that the catalogue does not have. */
function matchBin(name: string): MachineMatch | null {
  const { base, hashrateThs } = cutHashrate(name);
  const machine = hashrateThs === null ? null : findMachine(base);
  return machine === null ? null : toBin('bin', machine, hashrateThs, 1);
}

/** The machine's bin nearest to the hash rate in the name; the farther it is, the less sure. */
function toBin(kind: MatchKind, machine: Machine, namedThs: number | null, confidence: number): MachineMatch | null {
  if (namedThs === null) return { kind, machine, confidence, namedHashrateThs: null };
  if (namedThs <= 0) return null;
  const bin = chooseBin(machine, { hashrateThs: namedThs, powerW: null });
  const gap = relativeGap(namedThs, bin.hashrateThs);
  // "S19 104T" may be a slip for an S19 Pro of 104 TH/s: nobody's S19 is so far from its bins while another machine is so near.
  if (gap > BIN_TOLERANCE || (gap > SAME_BIN && hasNearRelative(bin, namedThs))) return null;
  return { kind, machine: bin, confidence: Math.max(0, confidence - 2 * gap), namedHashrateThs: gap === 0 ? null : namedThs };
}

/** Another model whose name goes on where this one's ends ("S19" and "S19 Pro") and that has this hash rate. */
function hasNearRelative(machine: Machine, hashrateThs: number): boolean {
  const model = familyOf(machine);
  return ENTRIES.some(
    (entry) =>
      entry.machine.maker === machine.maker &&
      entry.model !== model &&
      entry.model.startsWith(model) &&
      relativeGap(hashrateThs, entry.machine.hashrateThs) <= SAME_BIN,
  );
}

type Scored = { machine: Machine; model: string; confidence: number; edits: number };

/** Machines whose name is the typed one but for typing errors, best first. */
function listTypos(name: string): Scored[] {
  const { base } = cutHashrate(name.slice(0, MAX_NAME_LENGTH));
  const model = modelOf(base);
  const maker = makerOf(base);
  const code = codeOf(model);
  if (!/\d/.test(code)) return [];
  const typedForms = [...new Set([model, compactName(base)])];
  return ENTRIES.filter((entry) => (maker === null || entry.machine.maker === maker) && endsAlike(codeOf(entry.model), code))
    .map(({ machine, model: own, forms }): Scored => {
      let best = { confidence: 0, edits: Number.POSITIVE_INFINITY };
      for (const form of forms) {
        for (const typed of typedForms) {
          const edits = editDistance(typed, form);
          const confidence = 1 - edits / Math.max(form.length, typed.length);
          if (confidence > best.confidence) best = { confidence, edits };
        }
      }
      return { machine, model: own, ...best };
    })
    .sort((a, b) => b.confidence - a.confidence);
}

/** A maker's misspelt word stands before the code, and its last letter may count to it: "antmners19" has the code "s19". */
function endsAlike(own: string, typed: string): boolean {
  if (own === typed) return true;
  return own !== '' && typed.endsWith(own) && !/\d/.test(typed.slice(0, typed.length - own.length));
}

function matchTypo(name: string, figures: MachineFigures): MachineMatch | null {
  const [best, ...others] = listTypos(name);
  if (best === undefined || best.edits > MAX_TYPO_EDITS || best.model.includes('xp') !== compactName(name).includes('xp')) return null;
  // A letter behind "Pro" is another machine's ("S19 Pro A", "S19 Prok"), not a slip.
  if (best.model.endsWith('pro') && /pro\p{L}$/u.test(modelOf(cutHashrate(name).base))) return null;
  const rival = others.find(({ model, machine }) => model !== best.model || machine.maker !== best.machine.maker);
  if (rival !== undefined && rival.confidence === best.confidence) return null;
  // One letter behind the whole name is how makers name another machine ("S19 Pro A"), not how people mistype.
  const typed = modelOf(cutHashrate(name.slice(0, MAX_NAME_LENGTH)).base);
  if (typed.startsWith(best.model) && /^\p{L}$/u.test(typed.slice(best.model.length))) return null;
  const { hashrateThs } = cutHashrate(name);
  return toBin('typo', hashrateThs === null ? chooseBin(best.machine, figures) : best.machine, hashrateThs, best.confidence);
}

/** "S19" at 110 TH/s, or a maker's word alone: machines whose name begins so, the nearest by figures when only one is near. */
function matchNearest(name: string, figures: MachineFigures): MachineMatch | null {
  const model = modelOf(name.slice(0, MAX_NAME_LENGTH));
  const maker = makerOf(name);
  const code = codeOf(model);
  // A model word must be there: a maker alone leaves too many machines.
  if (!/\d/.test(code)) return null;
  const family = ENTRIES.filter((entry) => (maker === null || entry.machine.maker === maker) && entry.model.startsWith(model));
  const best = nearest(
    family.map((entry) => entry.machine),
    figures,
  );
  if (best === null || best.gap > FIGURE_TOLERANCE) return null;
  return { kind: 'nearest', machine: best.machine, confidence: NEAREST - best.gap, namedHashrateThs: null };
}

const MAX_SUGGESTIONS = 3;

function numbersOf(name: string): string[] {
  return name.match(/\d+/g) ?? [];
}

/** The catalogue's nearest names, but for those that share no number with the typed one and are not a slip away: "L7" is no "T9". */
function listNearNames(name: string): Machine[] {
  const { base } = cutHashrate(name.slice(0, MAX_NAME_LENGTH));
  const numbers = numbersOf(base);
  const model = modelOf(base);
  return suggestMachines(name).filter(
    (machine) => numbersOf(familyOf(machine)).some((number) => numbers.includes(number)) || editDistance(model, familyOf(machine)) <= 1,
  );
}

/** Machines to offer for a name that is not known: near names, then machines with the row's figures. */
export function listSuggestions(name: string, figures: MachineFigures): Machine[] {
  const typos = listTypos(name).flatMap(({ machine, confidence }) => (confidence >= SUGGEST_FROM ? [machine] : []));
  const byFigures = nearest(MACHINES, figures);
  const near = byFigures !== null && byFigures.gap <= FIGURE_TOLERANCE ? [byFigures.machine] : [];
  return [...new Set([...typos, ...listNearNames(name), ...near])].slice(0, MAX_SUGGESTIONS);
}

/** What WhatsMiners say behind their name: the version of their hash boards. "M30S++_VH60" and "M50SVH50" are an M30S++ and an M50S. */
const BOARD_VERSION = /(?<=\bm\d{2}[\p{L}+]*)[\s_-]*v[a-z]\d{2}$/iu;

/** "S19 Pro-110", "S19 Pro(110)": a number apart at the end, as hash rates are written without their T. */
const BARE_HASHRATE = /^(.*\d.*?)[\s(\-_/]+(\d{1,4}(?:\.\d+)?)\s*\)?$/;

function findMatch(name: string, figures: MachineFigures): MachineMatch | null {
  return (
    matchExactly(name, figures) ??
    [matchBin(name), matchTypo(name, figures), matchNearest(name, figures)].find(
      (candidate): candidate is MachineMatch => candidate !== null && candidate.confidence >= MATCH_FROM,
    ) ??
    null
  );
}

/** The name less what a machine says behind it, or with the T that its hash rate lacks; `null`: the name is as it should be. */
function respell(name: string): string | null {
  const short = name.replace(BOARD_VERSION, '');
  if (short !== name) return short;
  const bare = BARE_HASHRATE.exec(name.normalize('NFKC'));
  return bare === null ? null : `${bare[1]} ${bare[2]}T`;
}

/** The machine a name means; figures of the row tell bins apart. Pure; 0.1 to 1 ms for a name that is not exact. */
export function matchModel(name: string, figures: MachineFigures): ModelAnswer {
  const match = findMatch(name, figures);
  if (match !== null) return { kind: 'match', match };
  const other = name.length > MAX_NAME_LENGTH ? null : respell(name);
  const respelt = other === null ? null : findMatch(other, figures);
  if (respelt === null) return { kind: 'unknown', suggestions: listSuggestions(name, figures) };
  return {
    kind: 'match',
    match: respelt.kind === 'exact' ? { ...respelt, kind: 'alias', confidence: ALIAS } : respelt,
  };
}

/** The nearest machine by figures alone, for a row without a model; `null` when none is within tolerance or only one figure is known. */
export function findByFigures(figures: MachineFigures): MachineMatch | null {
  if (figures.hashrateThs === null || figures.powerW === null) return null;
  const best = nearest(MACHINES, figures);
  if (best === null || best.gap > FIGURE_TOLERANCE) return null;
  return { kind: 'nearest', machine: best.machine, confidence: NEAREST - best.gap, namedHashrateThs: null };
}
