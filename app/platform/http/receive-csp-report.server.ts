// Takes reports of browsers about our own pages and writes them into the log. Anybody may send anything here, so little is read and nothing is answered.
import { getLog } from '../log.server.ts';
import { readViolations } from './csp-report.ts';

const MAX_REPORT_BYTES = 16 * 1024;
const REPORT_TYPES = /^application\/(?:csp-report|reports\+json|json)\b/i;

export async function receiveCspReport(request: Request): Promise<Response> {
  if (!REPORT_TYPES.test(request.headers.get('Content-Type') ?? '')) return new Response(null, { status: 415 });
  const text = await readText(request);
  if (text === null) return new Response(null, { status: 413 });
  for (const violation of readViolations(text)) getLog().warn('csp.violated', violation);
  return new Response(null, { status: 204 });
}

/** Null when it is longer than any report. */
async function readText(request: Request): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    bytes += part.value.length;
    if (bytes > MAX_REPORT_BYTES) return null;
    chunks.push(part.value);
  }
  return Buffer.concat(chunks).toString('utf8');
}
