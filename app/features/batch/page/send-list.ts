/** Sends a list to the workspace. XMLHttpRequest, because `fetch` does not tell how much of a body has gone out. Browser only. */
import { PATHS } from '#app/paths.ts';
import { CSRF_HEADER } from '#app/platform/http/csrf-names.ts';
import type { SaveParts } from './save-request.ts';

export type SendAnswer =
  | { kind: 'saved'; id: string }
  /** In the server's words, in the language of the page. */
  | { kind: 'refused'; sentences: string[] }
  /** Signed out meanwhile, or signed in as somebody else: the page's token is of an earlier session. */
  | { kind: 'session_ended' }
  /** No answer, or one that is none of ours. */
  | { kind: 'broken' };

const UNAUTHORISED = 401;
const FORBIDDEN = 403;
const ACCEPTED = 202;

function readJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** What an answer of the API means to whoever saves. Pure. */
export function readAnswer(status: number, text: string): SendAnswer {
  const body = readJson(text);
  if (status === ACCEPTED && typeof body.id === 'string') return { kind: 'saved', id: body.id };
  if (status === UNAUTHORISED || status === FORBIDDEN) return { kind: 'session_ended' };
  const errors = Array.isArray(body.errors) ? (body.errors as { message?: unknown }[]) : [];
  const sentences = [body.detail, ...errors.map(({ message }) => message)].filter((part): part is string => typeof part === 'string');
  return sentences.length === 0 ? { kind: 'broken' } : { kind: 'refused', sentences };
}

/** `onSent`: share of the file that has gone out, 0..1; 1 while the server still stores it. Aborted by `signal`: never answers. */
export function sendList(
  { file, name, parts, csrfToken }: { file: File; name: string; parts: SaveParts; csrfToken: string },
  { onSent, signal }: { onSent: (ratio: number) => void; signal: AbortSignal },
): Promise<SendAnswer> {
  const form = new FormData();
  for (const [part, text] of Object.entries({ ...parts, name })) form.set(part, text);
  // Last, so that the server knows everything else when it begins to store.
  form.set('file', file, file.name);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', PATHS.apiBatches);
    request.setRequestHeader(CSRF_HEADER, csrfToken);
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(readAnswer(request.status, request.responseText));
    request.onerror = () => resolve({ kind: 'broken' });
    signal.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}
