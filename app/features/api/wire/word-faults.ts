/**
 * Gives faults the caller's language. The words are in locales/<language>/api-errors.json; a message says what the field must be,
 * with its unit and range, and never repeats the value (that stands beside it, bounded).
 */
import type { TFunction } from 'i18next';
import { cutText, type EchoedValue, echoValue } from './echo-value.ts';
import type { Fault } from './fault.ts';

export type ApiErrorTexts = TFunction<'api-errors'>;

/** One entry of `errors`. `min` and `max` are null where a range of numbers makes no sense. */
export type ApiError = { field: string; value: EchoedValue; message: string; min: number | null; max: number | null };

/** Units that are words rather than symbols, and so differ by language; each with its text. */
const WORD_UNITS = {
  machines: 'machines',
  months: 'months',
  paths: 'paths',
  candles: 'candles',
  '1/month': 'perMonth',
  '1/year': 'perYear',
} as const;
/** Units that add nothing beside a number. */
const SILENT_UNITS = ['1', 'ratio', 'blocks', '1/√year'];

/** How numbers stand in a message. */
export type SayNumber = (value: number) => string;

/** As JSON writes them, so that they can be copied into a request. */
const asInJson: SayNumber = String;

/** Forms give `say`: people read numbers as their language writes them. */
export function wordFaults(faults: readonly Fault[], t: ApiErrorTexts, say: SayNumber = asInJson): ApiError[] {
  return faults.map((fault) => ({
    field: cutText(fault.field),
    value: echoValue(fault.value),
    message: wordFault({ ...fault, details: sayDetails(fault.details, say) }, t, say),
    min: fault.min,
    max: fault.max,
  }));
}

const sayDetails = (details: Fault['details'], say: SayNumber): Fault['details'] =>
  Object.fromEntries(Object.entries(details).map(([name, value]) => [name, typeof value === 'number' ? say(value) : value]));

function wordFault(fault: Fault, t: ApiErrorTexts, say: SayNumber): string {
  const range = wordRange(fault, t, say);
  const name = cutText(fault.field);
  switch (fault.code) {
    case 'out_of_range':
      return t('error.outOfRange', { range });
    case 'not_an_integer':
      return t('error.notAnInteger', { range });
    case 'not_a_number':
      return fault.min === null ? t('error.notANumberAtAll') : t('error.notANumber', { range });
    case 'missing':
      return fault.min === null ? t('error.missingAtAll') : t('error.missing', { range });
    case 'missing_or_model':
      return t('error.missingOrModel', { range });
    case 'market_unknown':
      return t('error.marketUnknown', { range });
    case 'not_finite':
      return t('error.notFinite');
    case 'unknown_field':
      return t('error.unknownField', { name });
    case 'unknown_model':
      return fault.details.suggestions === '' ? t('error.unknownModel') : t('error.unknownModelSuggest', fault.details);
    case 'not_a_boolean':
      return t('error.notABoolean');
    case 'not_a_choice':
      return t('error.notAChoice', fault.details);
    case 'not_a_text':
      return t('error.notAText', fault.details);
    case 'empty_text':
      return t('error.emptyText');
    case 'not_storable':
      return t('error.notStorable');
    case 'not_a_string':
      return t('error.notAString');
    case 'not_an_object':
      return t('error.notAnObject');
    case 'not_an_array':
      return t('error.notAnArray');
    case 'too_many_rows':
      return t('error.tooManyRows', { max: fault.max === null ? '' : say(fault.max) });
    case 'too_many_months':
      return t('error.tooManyMonths', { max: fault.max === null ? '' : say(fault.max) });
    case 'too_many_entries':
      return t('error.tooManyEntries', fault.details);
    case 'too_few_entries':
      return t('error.tooFewEntries', fault.details);
    case 'duplicate_id':
      return t('error.duplicateId');
    case 'unknown_id':
      return t('error.unknownId', fault.details);
    case 'taken':
      return t('error.taken', fault.details);
    case 'unknown_reference':
      return t('error.unknownReference', fault.details);
    case 'not_a_mac':
      return t('error.notAMac', fault.details);
    case 'not_a_host':
      return t('error.notAHost', fault.details);
    case 'not_a_target':
      return t('error.notATarget');
    case 'not_a_day':
      return t('error.notADay', fault.details);
    case 'needs_other':
      return t('error.needsOther', fault.details);
    case 'no_identity':
      return t('error.noIdentity', fault.details);
    case 'outside_rack':
      return t('error.outsideRack', fault.details);
    case 'no_such_step':
      return t('error.noSuchStep', fault.details);
    case 'not_empty':
      return t('error.notEmpty', fault.details);
    case 'too_many':
      return t('error.tooMany', fault.details);
    case 'not_as_seen':
      return t('error.notAsSeen', fault.details);
    case 'not_in_history':
      return t('error.notInHistory');
    case 'unreadable_file':
      return t('error.unreadableFile', fault.details);
    case 'no_columns':
      return t('error.noColumns');
    case 'preview_outdated':
      return t('error.previewOutdated');
    case 'not_computed':
      return t('error.notComputed');
    case 'wrong_length':
      return t('error.wrongLength', fault.details);
    case 'bad_modes':
      return t('error.badModes', fault.details);
    case 'not_an_instant':
      return t('error.notAnInstant');
    case 'not_a_moment':
      return t('error.notAMoment', fault.details);
    case 'not_a_month':
      return t('error.notAMonth', fault.details);
    case 'not_a_quarter':
      return t('error.notAQuarter');
    case 'not_a_time':
      return t('error.notATime');
    case 'not_after':
      return t('error.notAfter');
    case 'not_after_from':
      return t('error.notAfterFrom');
    case 'below_low':
      return t('error.belowLow', fault.details);
    case 'not_stored':
      return t('error.notStored', fault.details);
    case 'not_a_parameter':
      return t('error.notAParameter', fault.details);
    case 'no_parameters':
      return t('error.noParameters');
    case 'given_twice':
      return t('error.givenTwice', fault.details);
    case 'not_a_time_zone':
      return t('error.notATimeZone');
    case 'too_many_units':
      return t('error.tooManyUnits', fault.details);
    case 'too_large':
      return t('error.tooLarge');
    case 'beyond_lattice':
      return t('error.beyondLattice');
    case 'score_missing':
      return t('error.scoreMissing');
    case 'constant_series':
      return t('error.constantSeries');
    case 'no_model':
      return t('error.noModel');
    case 'no_usable_model':
      return t('error.noUsableModel');
    case 'no_movement':
      return t('error.noMovement', fault.details);
    case 'takes_too_long':
      return t('error.takesTooLong', fault.details);
    case 'needs_custom':
      return t('error.needsCustom');
    case 'needs_client_power':
      return t('error.needsClientPower');
    case 'duplicate_field':
      return t('error.duplicateField', fault.details);
    case 'not_json':
      return t('error.notJson', fault.details);
    case 'not_json_number':
      return t('error.notJsonNumber', fault.details);
    case 'empty_body':
      return t('error.emptyBody');
    case 'not_utf8':
      return t('error.notUtf8');
    case 'unknown_parameter':
      return t('error.unknownParameter', { name });
    case 'repeated_parameter':
      return t('error.repeatedParameter', { name });
    case 'bad_parameter':
      return t('error.badParameter', fault.details);
    case 'too_many_to_sort':
      return t('error.tooManyToSort', fault.details);
    case 'not_a_cursor':
      return t('error.notACursor');
  }
}

/** `above 0 and at most 1000000 TH/s`; empty where there is no range of numbers. */
export function wordRange(fault: Fault, t: ApiErrorTexts, say: SayNumber = asInJson): string {
  if (fault.min === null || fault.max === null) return '';
  const bounds = { min: say(fault.min), max: say(fault.max), unit: wordUnit(fault.unit, t) };
  return fault.minExclusive ? t('range.aboveMin', bounds) : t('range.fromMin', bounds);
}

/** The unit with what separates it from the number before it. */
function wordUnit(unit: string | null, t: ApiErrorTexts): string {
  if (unit === null) return '';
  if (SILENT_UNITS.includes(unit)) return '';
  return isWordUnit(unit) ? t(`unit.${WORD_UNITS[unit]}`) : ` ${unit}`;
}

function isWordUnit(unit: string): unit is keyof typeof WORD_UNITS {
  return Object.hasOwn(WORD_UNITS, unit);
}
