/**
 * Matching for a whole list: each distinct name is looked up once, the user's own models and choices come first, and a list of a hundred
 * thousand different names (worker names in the model column) costs a bounded time.
 */
import { findMachine } from '../../catalogue/find-machine.ts';
import { compactName } from '../../catalogue/machine-name.ts';
import { MACHINES, type Machine } from '../../catalogue/machines.ts';
import { findByFigures, type MachineFigures, type MachineMatch, type ModelAnswer, matchModel } from './match-model.ts';
import { type NamedCount, readNamedCount } from './named-count.ts';

export type MatcherOptions = {
  /** Machines that only this user has. */
  ownMachines?: readonly Machine[];
  /** Machine (by slug) that the user chose for a name, by the name as written. */
  choices?: Readonly<Record<string, string>>;
};

export type ModelMatcher = {
  match(name: string, figures: MachineFigures): ModelAnswer;
  /** The machine that has a row's figures when the row names none. */
  matchFigures(figures: MachineFigures): MachineMatch | null;
  /** Also with a quantity before or behind it: "10x S21". */
  isModel(name: string): boolean;
  /** The quantity in a text that is no model's name as it stands; `null`: none. */
  readCount(text: string): NamedCount | null;
};

/** Names that are compared letter by letter; exact ones are found beyond it as well. */
const MAX_COMPARED_NAMES = 2000;
/** Longer texts are no names. */
const MAX_NAME_LENGTH = 200;
/** Answers held; more distinct names than rows of a file cannot occur. */
const MAX_REMEMBERED = 100_000;

/** Figures to a tenth: rows of one model differ in the last digits only, and their answer is the same. */
function keyOf(name: string, { hashrateThs, powerW }: MachineFigures): string {
  const rounded = (value: number | null) => (value === null ? '' : value.toPrecision(3));
  return `${name}\u001f${rounded(hashrateThs)}\u001f${rounded(powerW)}`;
}

export function createModelMatcher({ ownMachines = [], choices = {} }: MatcherOptions = {}): ModelMatcher {
  const own = new Map(ownMachines.map((machine) => [compactName(machine.name), machine]));
  const bySlug = new Map([...MACHINES, ...ownMachines].map((machine) => [machine.slug, machine]));
  const chosen = new Map(Object.entries(choices).map(([name, slug]) => [name.trim(), slug]));
  const answers = new Map<string, ModelAnswer>();
  const byFigures = new Map<string, MachineMatch | null>();
  let compared = 0;

  const answer = (name: string, figures: MachineFigures): ModelAnswer => {
    const ownMachine = own.get(compactName(name));
    if (ownMachine !== undefined) return found('exact', ownMachine);
    if (findMachine(name) === null) {
      if (compared >= MAX_COMPARED_NAMES) return { kind: 'unknown', suggestions: [] };
      compared++;
    }
    return matchModel(name, figures);
  };

  const isName = (name: string) => name.length <= MAX_NAME_LENGTH && (own.has(compactName(name)) || findMachine(name) !== null);
  const readCount = (text: string) => (chosen.has(text.trim()) || isName(text) ? null : readNamedCount(text));

  return {
    match(name, figures) {
      const trimmed = name.trim();
      if (trimmed.length > MAX_NAME_LENGTH) return { kind: 'unknown', suggestions: [] };
      const slug = chosen.get(trimmed);
      const machine = slug === undefined ? undefined : bySlug.get(slug);
      if (machine !== undefined) return found('chosen', machine);
      const key = keyOf(trimmed, figures);
      const known = answers.get(key);
      if (known !== undefined) return known;
      const fresh = answer(trimmed, figures);
      if (answers.size < MAX_REMEMBERED) answers.set(key, fresh);
      return fresh;
    },
    matchFigures(figures) {
      const key = keyOf('', figures);
      const known = byFigures.get(key);
      if (known !== undefined) return known;
      const fresh = findByFigures(figures);
      if (byFigures.size < MAX_REMEMBERED) byFigures.set(key, fresh);
      return fresh;
    },
    isModel(name) {
      const counted = readCount(name);
      return counted === null ? isName(name) : isName(counted.name);
    },
    readCount,
  };
}

function found(kind: MachineMatch['kind'], machine: Machine): ModelAnswer {
  return { kind: 'match', match: { kind, machine, confidence: 1, namedHashrateThs: null } };
}
