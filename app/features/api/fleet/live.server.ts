/** `GET /api/v1/sites/{id}/live`: what happens on a site, as server-sent events (decision 0095). */

import {
  answerFaults,
  answerNotFound,
  answerWorkspace,
  type WorkspaceArgs,
  withId,
} from '#app/features/api/wire/workspace-requests.server.ts';
import { OVERLAP_MS, parseStreamId, toStreamId } from '#app/features/polling/live-stream.server.ts';
import { streamLive } from '#app/features/polling/stream-live.server.ts';
import { getSitesDeps } from '#app/features/sites/scope.server.ts';
import { findCallerReach } from '#app/features/telemetry/read/caller-reach.server.ts';
import { findReachedSite } from '#app/features/telemetry/read/reached-site.server.ts';
import { getDb } from '#app/platform/db.server.ts';
import { getRedis } from '#app/platform/redis.server.ts';
import { readNoQuery } from './read-telemetry-query.ts';

export function answerSiteLive(args: WorkspaceArgs, siteId = ''): Promise<Response> {
  return answerWorkspace(args, {
    GET: ({ request, caller }) =>
      withId(request, [siteId], async () => {
        const query = readNoQuery(request.url);
        if (query.kind === 'invalid') return answerFaults(request, query.faults);
        const { tenantId, reach } = await findCallerReach(getSitesDeps(), caller);
        const site = await findReachedSite(getDb(), tenantId, reach, siteId);
        if (site === null) return answerNotFound(request);
        const lastId = parseStreamId(request.headers.get('Last-Event-ID'));
        const body = streamLive(getRedis(), {
          site: { tenantId, siteNumber: site.number },
          after: lastId ?? toStreamId(Date.now() - OVERLAP_MS),
          isResumed: lastId !== null,
          machineNumbers: site.machineNumbers,
          signal: request.signal,
        });
        return new Response(request.method === 'HEAD' ? null : body, {
          // Not to be held back by whatever compresses or caches on the way.
          headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'private, no-store, no-transform', 'X-Accel-Buffering': 'no' },
        });
      }),
  });
}
