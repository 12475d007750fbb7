/**
 * Finding machines by what people type: exactly (files, API), by parts (the search field) and by likeness (error messages).
 * Never guesses: a name that is not in the catalogue is `null`, and the nearest names are only offered.
 */
import { compactName, MAKER_ALIASES, makerOf, modelOf } from './machine-name.ts';
import { MACHINES, type Machine } from './machines.ts';

type Entry = { machine: Machine; model: string; modelWithHashrate: string; haystack: string };

/** "104" or "13.5": the number in a machine's own bin name. */
function hashrateLabel(machine: Machine): string {
  return `${machine.hashrateThs}t`;
}

const ENTRIES: readonly Entry[] = MACHINES.map((machine) => {
  const model = modelOf(machine.name);
  const label = hashrateLabel(machine);
  return {
    machine,
    model,
    // A name with its hash rate ("S21 200T") means that bin and no other.
    modelWithHashrate: model.endsWith(label) ? model : `${model}${label}`,
    haystack: compactName([machine.name, ...MAKER_ALIASES[machine.maker], machine.maker, label].join(' ')),
  };
});

/**
 * The machine of that name, `null` when the catalogue has none. Case, spaces, dashes and the maker's word do not matter:
 * "S19jpro", "蚂蚁S19j Pro" and "Antminer S19j Pro 104T" are one machine; "S19j Pro 105T" is none.
 */
export function findMachine(name: string): Machine | null {
  const model = modelOf(name);
  if (model === '') return null;
  const maker = makerOf(name);
  const entry = ENTRIES.find(
    (candidate) =>
      (candidate.model === model || candidate.modelWithHashrate === model) && (maker === null || candidate.machine.maker === maker),
  );
  return entry?.machine ?? null;
}

/** Lower is better: exact, then model that begins so, then anywhere; ties keep the catalogue's order. */
function rankOf(entry: Entry, compactQuery: string, modelQuery: string): number {
  if (entry.model === modelQuery || entry.modelWithHashrate === modelQuery) return 0;
  if (entry.model.startsWith(modelQuery)) return 1;
  return entry.haystack.includes(compactQuery) ? 2 : 3;
}

/**
 * Machines that fit what was typed so far, best first, at most `limit` (an integer >= 1). Every word must occur somewhere in
 * the name, maker or hash rate; an empty query gives the catalogue's beginning. O(machines x words).
 */
export function searchMachines(query: string, limit: number): Machine[] {
  const compactQuery = compactName(query);
  if (compactQuery === '') return MACHINES.slice(0, limit);
  const modelQuery = modelOf(query);
  const words = query.split(/\s+/).map(compactName).filter(Boolean);
  return ENTRIES.filter(
    (entry) =>
      entry.haystack.includes(compactQuery) ||
      entry.modelWithHashrate.includes(modelQuery) ||
      words.every((word) => entry.haystack.includes(word)),
  )
    .map((entry, order) => ({ entry, order, rank: rankOf(entry, compactQuery, modelQuery) }))
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .slice(0, limit)
    .map(({ entry }) => entry.machine);
}

/** Edits (insert, delete, replace one character) from a to b; Levenshtein 1966. O(|a| |b|) time, O(|b|) memory. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[j]! + 1, current[j - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}

const MAX_SUGGESTIONS = 3;
/** Longer names are not compared: nobody's model has so many letters, and the comparison is quadratic. */
const MAX_COMPARED_LENGTH = 60;

/** The nearest names for "did you mean", best first, at most three; empty when nothing is near (more than half of the letters differ). */
export function suggestMachines(name: string): Machine[] {
  const model = modelOf(name.slice(0, MAX_COMPARED_LENGTH));
  if (model === '') return [];
  const maker = makerOf(name);
  return ENTRIES.map((entry, order) => {
    const distance = Math.min(editDistance(model, entry.model), editDistance(model, entry.modelWithHashrate));
    return { entry, order, distance, otherMaker: maker !== null && maker !== entry.machine.maker ? 1 : 0 };
  })
    .filter(({ entry, distance }) => distance <= Math.max(model.length, entry.model.length) / 2)
    .sort((a, b) => a.distance + a.otherMaker - (b.distance + b.otherMaker) || a.order - b.order)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ entry }) => entry.machine);
}
