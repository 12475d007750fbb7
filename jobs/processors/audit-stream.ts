// Runs audit.stream; everything it does is in app/platform/audit.
import { streamAuditNow } from '#app/platform/audit/stream-audit.server.ts';
import type { AuditStreamPayload } from '#jobs/contracts/audit-stream.ts';
import type { JobContext } from '#jobs/contracts/queue.ts';

export async function processAuditStream(_payload: AuditStreamPayload, { signal }: JobContext): Promise<void> {
  await streamAuditNow(signal);
}
