// Why a change of a site, a place, a client or a machine is not made: one shape for pages, REST and the import.

export type ChangeFaultCode =
  /** Another row of the workspace has it already. */
  | 'taken'
  /** There is none that the caller may use. */
  | 'unknown_reference'
  | 'not_a_time_zone'
  | 'not_a_mac'
  | 'not_a_host'
  | 'not_a_day'
  /** Neither an e-mail address nor the address of a webhook. */
  | 'not_a_target'
  /** A value whose other half is missing: latitude without longitude, a row without a column, a position without a rack. */
  | 'needs_other'
  /** No serial number, no MAC address and no address: nobody could tell which machine it is. */
  | 'no_identity'
  /** Outside of the rack. */
  | 'outside_rack'
  /** The state before does not lead there. */
  | 'no_such_step'
  /** Machines or other places are still in it. */
  | 'not_empty'
  | 'too_many'
  /** What it looks at is not kept in stored samples. */
  | 'not_in_history'
  /** It is another number by now than the one that was looked at. */
  | 'not_as_seen';

export type ChangeFault = {
  field: string;
  value: string | number | null;
  code: ChangeFaultCode;
  /** Fill the sentence of the code. */
  details: Readonly<Record<string, string | number>>;
};

export function toChangeFault(
  field: string,
  value: string | number | null,
  code: ChangeFaultCode,
  details: ChangeFault['details'] = {},
): ChangeFault {
  return { field, value, code, details };
}

/** `not-found`: there is none that the caller may see. */
export type ChangeOutcome<T> = { kind: 'done'; value: T } | { kind: 'not-found' } | { kind: 'refused'; faults: readonly ChangeFault[] };

export const done = <T>(value: T): ChangeOutcome<T> => ({ kind: 'done', value });
export const refuse = (...faults: ChangeFault[]): { kind: 'refused'; faults: ChangeFault[] } => ({ kind: 'refused', faults });
export const NOT_FOUND = { kind: 'not-found' } as const;
