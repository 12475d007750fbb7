/** What of a shed problem lies outside the table of ranges, or contradicts itself. The API asks the same table first; this is the facade's own door. */
import type { ShedFieldName } from '../../units/shed-fields.ts';
import { MAX_SHED_MACHINES, MAX_SHED_MODES, SHED_FIELDS } from '../../units/shed-fields.ts';
import type { ShedError, ShedMachine, ShedProblem } from './types.ts';

/** Errors told of one problem at most. */
const MAX_ERRORS = 100;

type Path = ShedError['path'];

function plainError(path: Path, value: unknown, code: ShedError['code'], max: number | null = null): ShedError {
  return { path, value, code, min: null, max, minExclusive: false };
}

/** The error of one number; `null` when it is in range. The path is only written down when there is one: fleets have tens of thousands of numbers. */
function findFieldError(field: ShedFieldName, value: unknown, writePath: () => Path): ShedError | null {
  const { min, max, minExclusive, integer } = SHED_FIELDS[field];
  const isInRange = typeof value === 'number' && value >= min && value <= max && !(minExclusive && value === min);
  if (isInRange && (!integer || Number.isInteger(value))) return null;
  return { path: writePath(), value, code: isInRange ? 'not_an_integer' : 'out_of_range', min, max, minExclusive };
}

function checkMachine(machine: ShedMachine, index: number, note: (error: ShedError | null) => void): void {
  const at = (...rest: (string | number)[]) => ['machines', index, ...rest];
  note(findFieldError('restartUsd', machine.restartUsd, () => at('restartUsd')));
  if (machine.tier !== null) note(findFieldError('tier', machine.tier, () => at('tier')));
  if (machine.score !== null) note(findFieldError('score', machine.score, () => at('score')));
  const { length } = machine.modes;
  if (length === 0) note(plainError(at('modes'), machine.modes, 'no_modes', MAX_SHED_MODES));
  if (length > MAX_SHED_MODES) note(plainError(at('modes'), length, 'too_many', MAX_SHED_MODES));
  const current = findFieldError('current', machine.current, () => at('current'));
  note(
    current ?? (machine.current >= length && length > 0 ? plainError(at('current'), machine.current, 'no_such_mode', length - 1) : null),
  );
  machine.modes.forEach((mode, modeIndex) => {
    note(findFieldError('powerW', mode.powerW, () => at('modes', modeIndex, 'powerW')));
    note(findFieldError('profitUsdPerHour', mode.profitUsdPerHour, () => at('modes', modeIndex, 'profitUsdPerHour')));
  });
}

/** At most a hundred errors; empty when the problem can be solved. O(modes). */
export function findShedErrors(problem: ShedProblem): ShedError[] {
  const errors: ShedError[] = [];
  const note = (error: ShedError | null) => {
    if (error !== null && errors.length < MAX_ERRORS) errors.push(error);
  };
  note(findFieldError('targetW', problem.targetW, () => ['targetW']));
  note(findFieldError('durationHours', problem.durationHours, () => ['durationHours']));
  const { machines, custom } = problem;
  if (custom !== null) {
    note(findFieldError('minimumOnlineRatio', custom.minimumOnlineRatio, () => ['custom', 'minimumOnlineRatio']));
    custom.weights.forEach(({ weight }, index) => {
      note(findFieldError('weight', weight, () => ['custom', 'weights', index, 'weight']));
    });
  }
  if (machines.length > MAX_SHED_MACHINES) return [plainError(['machines'], machines.length, 'too_many', MAX_SHED_MACHINES)];
  const ids = new Set<string>();
  const isScored = problem.strategy === 'performance-priority' && machines.some(({ score }) => score !== null);
  machines.forEach((machine, index) => {
    checkMachine(machine, index, note);
    if (ids.has(machine.id)) note(plainError(['machines', index, 'id'], machine.id, 'duplicate_id'));
    ids.add(machine.id);
    if (isScored && machine.score === null) note(plainError(['machines', index, 'score'], null, 'score_missing'));
  });
  return errors;
}
