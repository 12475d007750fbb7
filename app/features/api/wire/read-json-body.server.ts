/**
 * Reads a JSON body within a limit. The limit holds for the bytes that arrive, whatever Content-Length says or leaves out; on the
 * first byte too many reading stops. Bytes must be UTF-8 and not compressed.
 */
import { FIELDS } from '#engine/units/fields.ts';
import type { Ranges } from './explain-issues.ts';
import { type Fault, toFault, toRangeFault } from './fault.ts';
import { findDuplicateKey } from './find-duplicate-key.ts';
import { findJsonError } from './find-json-error.ts';
import type { Refusal } from './problem.server.ts';

export type ReadBody = { kind: 'ok'; value: unknown } | { kind: 'refused'; refusal: Refusal };

/** Only plain `application/json`: its other parameters and the `+json` family say things about a body that are not read here. */
const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?;?\s*$/i;

/** `ranges`: of the numbers by name, to say what stands where JSON has no number. */
export async function readJsonBody(request: Request, maxBytes: number, ranges: Ranges = FIELDS): Promise<ReadBody> {
  if (!JSON_TYPE.test(request.headers.get('Content-Type') ?? '')) {
    return refuse({ kind: 'unsupported-media-type', because: 'type' });
  }
  const encoding = request.headers.get('Content-Encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== '') return refuse({ kind: 'unsupported-media-type', because: 'encoding' });
  const bytes = await readBytes(request, maxBytes);
  if (bytes === null) return refuse({ kind: 'body-too-large', maxBytes });
  return parseBytes(bytes, ranges);
}

/** The body's bytes; `null` when there are more than `maxBytes`. */
async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array | null> {
  if (Number(request.headers.get('Content-Length') ?? 0) > maxBytes) return null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > maxBytes) {
      // Not cancelled: that would cut the connection before the caller has read the answer. What still comes is dropped
      // by `discardBody`.
      reader.releaseLock();
      return null;
    }
    chunks.push(value);
  }
  reader?.releaseLock();
  return Buffer.concat(chunks, length);
}

function parseBytes(bytes: Uint8Array, ranges: Ranges): ReadBody {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return malformed(toFault('', null, 'not_utf8'));
  }
  if (text.trim() === '') return malformed(toFault('', null, 'empty_body'));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return malformed(explainSyntax(text, error, ranges));
  }
  const duplicate = findDuplicateKey(text, value);
  if (duplicate === null) return { kind: 'ok', value };
  const { key, line, column } = duplicate;
  return malformed(toFault(key, null, 'duplicate_field', { line, column }));
}

function explainSyntax(text: string, error: unknown, ranges: Ranges): Fault {
  const found = findJsonError(text);
  if (found === null) throw new Error('JSON.parse refused a body in which no error was found', { cause: error });
  const { line, column, offset, path, notANumber } = found;
  if (notANumber !== null) {
    const name = path.slice(path.lastIndexOf('.') + 1);
    const range = Object.hasOwn(ranges, name) ? ranges[name] : undefined;
    const fault =
      range === undefined ? toFault(path, notANumber, 'not_json_number') : toRangeFault(path, notANumber, 'not_json_number', range);
    return { ...fault, details: { token: notANumber, line, column } };
  }
  return toFault('', text.slice(offset, offset + 20), 'not_json', { line, column, offset });
}

function malformed(fault: Fault): ReadBody {
  return refuse({ kind: 'malformed-body', faults: [fault] });
}

function refuse(refusal: Refusal): ReadBody {
  return { kind: 'refused', refusal };
}
