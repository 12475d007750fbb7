// GET /readyz: 200 when this process can serve, 503 with the state of each part when it cannot.
import { getDb } from '#app/platform/db.server.ts';
import { getEngine } from '#app/platform/engine.server.ts';
import { checkReadiness } from '#app/platform/health.server.ts';
import { getLog } from '#app/platform/log.server.ts';
import { getRedis } from '#app/platform/redis.server.ts';
import { migrationsFolder } from '../../prisma/migration-files.ts';

export async function loader(): Promise<Response> {
  const readiness = await checkReadiness({ db: getDb(), redis: getRedis(), migrationsFolder: migrationsFolder(), getEngine });
  const isReady = readiness.status === 'ready';
  if (!isReady) getLog().warn('health.unready', { checks: readiness.checks });
  return Response.json(readiness, { status: isReady ? 200 : 503, headers: { 'Cache-Control': 'no-store' } });
}
