// GET /readyz: 200 when this process can serve, 503 with the state of each part when it cannot.
import { getReadiness } from '#app/platform/health.server.ts';
import { getLog } from '#app/platform/log.server.ts';

export async function loader(): Promise<Response> {
  const readiness = await getReadiness();
  const isReady = readiness.status === 'ready';
  if (!isReady) getLog().warn('health.unready', { checks: readiness.checks });
  return Response.json(readiness, { status: isReady ? 200 : 503, headers: { 'Cache-Control': 'no-store' } });
}
