/** A request of several parts, one of them a file: the file as bytes, the others as text. */
import { unstable_parseMultipartFormData } from '@remix-run/node';
import { toProblemResponse } from './problem.server.ts';

const MAX_PART_TEXT = 100_000;

/** Thrown while the body is read. */
class Oversized extends Error {}

export type Parts = { file: { name: string; bytes: Uint8Array } | null; texts: Map<string, string> };

/** Works on the parts, or answers that the request has none or too much. The file is the part of that name. */
export async function withParts(request: Request, maxFileBytes: number, work: (parts: Parts) => Promise<Response>): Promise<Response> {
  if (!/^multipart\/form-data\b/i.test(request.headers.get('Content-Type') ?? ''))
    return toProblemResponse(request, { kind: 'unsupported-media-type', because: 'type' });
  try {
    return await work(await readParts(request, maxFileBytes));
  } catch (error) {
    if (error instanceof Oversized) return toProblemResponse(request, { kind: 'body-too-large', maxBytes: maxFileBytes });
    throw error;
  }
}

async function readParts(request: Request, maxFileBytes: number): Promise<Parts> {
  const parts: Parts = { file: null, texts: new Map() };
  await unstable_parseMultipartFormData(request, async ({ name, filename, data }) => {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const bytes of data) {
      length += bytes.length;
      if (length > (name === 'file' ? maxFileBytes : MAX_PART_TEXT)) throw new Oversized();
      pieces.push(bytes);
    }
    const bytes = Buffer.concat(pieces);
    if (name === 'file' && parts.file === null) parts.file = { name: filename ?? 'list', bytes: new Uint8Array(bytes) };
    else parts.texts.set(name, bytes.toString('utf8').trim());
    return '';
  });
  return parts;
}
