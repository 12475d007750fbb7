// One log event as one line of JSON, with everything secret taken out. Pure: the clock and the output belong to log.server.ts.
import { HIDDEN, maskText } from './redaction.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type LogFields = Readonly<Record<string, unknown>>;

/** Names of fields that hold what opens something: columns of the schema, headers, variables. A test holds every column to it. */
const SECRET_NAME =
  /secret|password|passwd|token|authorization|cookie|api_?key|private_?(?:key|jwk)|sealed|_?codes?_?hash|share_?hash|recovery_?codes?/i;
/** Names of fields that say who somebody is: enough is kept to recognise them. */
const PERSONAL_NAME = /e_?mail|^to$|^recipient$/i;
/** user:password@ of any URL inside a text; the password may hold anything but a space, a slash or an at sign. */
const URL_CREDENTIALS = /([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s/@]+@/gi;
/** Deep enough for an error with its cause; anything deeper is a data structure that does not belong in a log. */
const MAX_DEPTH = 5;

/** Takes the password out of every URL in a text. */
export function redactUrls(text: string): string {
  return text.replace(URL_CREDENTIALS, `$1:${HIDDEN}@`);
}

function redact(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactUrls(value);
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date) return value.toISOString();
  if (depth >= MAX_DEPTH) return '[deeper]';
  if (value instanceof Error) {
    const { name, message, stack, cause } = value;
    const code = (value as { code?: unknown }).code;
    return redact({ name, code, message, stack, cause }, depth);
  }
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactField(key, item, depth)]));
}

function redactField(name: string, value: unknown, depth: number): unknown {
  if (SECRET_NAME.test(name)) return HIDDEN;
  if (PERSONAL_NAME.test(name) && typeof value === 'string') return maskText(value);
  return redact(value, depth + 1);
}

/** `{"at":...,"level":...,"event":...,...fields}` without a line break. `at` is UTC; `event` is `noun.verb`. */
export function formatLogLine(at: Date, level: LogLevel, event: string, fields: LogFields): string {
  return JSON.stringify({ at: at.toISOString(), level, event, ...(redact(fields, 0) as object) });
}
