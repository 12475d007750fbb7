/**
 * The envelope of a batch: `{ defaults, rows }`. What is wrong with the envelope or the defaults refuses the whole request,
 * because every row would inherit it; what is wrong with a row is that row's affair. Pure.
 */
import { type Fault, MAX_FAULTS_PER_ROW, prefixFaults, toFault } from '#app/features/api/wire/fault.ts';
import { asFields, findFieldFaults, type ReadRequest, type RequestContext, readRoiRequest } from './read-roi-request.ts';
import { MAX_BATCH_ROWS } from './roi-request.ts';

export type Fields = Readonly<Record<string, unknown>>;
export type ReadBatch = { kind: 'ok'; defaults: Fields; rows: readonly unknown[] } | { kind: 'invalid'; faults: Fault[] };

export function readBatchRequest(raw: unknown): ReadBatch {
  const envelope = asFields(raw);
  if (envelope === null) return { kind: 'invalid', faults: [toFault('', raw, 'not_an_object')] };
  const faults: Fault[] = [];
  for (const name of Object.keys(envelope)) {
    if (name !== 'defaults' && name !== 'rows') faults.push(toFault(name, envelope[name], 'unknown_field'));
  }
  const defaults = envelope.defaults === undefined ? {} : asFields(envelope.defaults);
  if (defaults === null) faults.push(toFault('defaults', envelope.defaults, 'not_an_object'));
  else faults.push(...prefixFaults('defaults', findFieldFaults(defaults)));
  const rows = envelope.rows;
  if (rows === undefined) faults.push(toFault('rows', undefined, 'missing'));
  else if (!Array.isArray(rows)) faults.push(toFault('rows', rows, 'not_an_array'));
  else if (rows.length > MAX_BATCH_ROWS) faults.push({ ...toFault('rows', rows.length, 'too_many_rows'), min: 0, max: MAX_BATCH_ROWS });
  if (faults.length > 0 || defaults === null || !Array.isArray(rows)) return { kind: 'invalid', faults };
  return { kind: 'ok', defaults, rows };
}

/**
 * One row over the defaults. A row that names its own model does not inherit another machine's hash rate and power: the nearer
 * word wins. What hosts invest by default is for the rows that have a contract.
 */
export function readBatchRow(defaults: Fields, row: unknown, context: RequestContext): ReadRequest {
  const own = asFields(row);
  if (own === null) return { kind: 'invalid', faults: [toFault('', row, 'not_an_object')] };
  const forMachine = own.model === undefined ? defaults : withoutMachine(defaults);
  const isHosted = own.clientPowerUsdPerKwh !== undefined || defaults.clientPowerUsdPerKwh !== undefined;
  const inherited = isHosted ? forMachine : withoutContract(forMachine);
  return readRoiRequest({ ...inherited, ...own }, context, MAX_FAULTS_PER_ROW);
}

function withoutMachine(defaults: Fields): Fields {
  const { hashrateThs: _hashrateThs, powerW: _powerW, ...rest } = defaults;
  return rest;
}

function withoutContract(defaults: Fields): Fields {
  const { hostCapexUsd: _hostCapexUsd, ...rest } = defaults;
  return rest;
}
