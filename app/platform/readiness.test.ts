import { describe, expect, it } from 'vitest';
import { NotReady, runChecks } from './readiness.ts';

const never = () => new Promise<string>(() => {});

describe('runChecks', () => {
  it('is ready when every check answers', async () => {
    const readiness = await runChecks({ redis: async () => 'PONG', database: async () => 'connected' }, { timeoutMs: 1000 });
    expect(readiness).toEqual({
      status: 'ready',
      checks: { redis: { ok: true, detail: 'PONG' }, database: { ok: true, detail: 'connected' } },
    });
  });

  it('is unready when one check fails, and still reports the others', async () => {
    const refuse = async () => {
      throw new NotReady('1 migration not applied');
    };
    const readiness = await runChecks({ migrations: refuse, redis: async () => 'PONG' }, { timeoutMs: 1000 });
    expect(readiness.status).toBe('unready');
    expect(readiness.checks).toEqual({ migrations: { ok: false, detail: '1 migration not applied' }, redis: { ok: true, detail: 'PONG' } });
  });

  it('does not wait for a check longer than the time limit', async () => {
    const { checks } = await runChecks({ engine: never }, { timeoutMs: 5 });
    expect(checks.engine).toEqual({ ok: false, detail: 'no answer within 5 ms' });
  });

  it('shows the code of an unforeseen failure but not its message', async () => {
    const outage = async () => {
      throw new Error('query failed', { cause: Object.assign(new Error('connect to db.internal as app'), { code: 'ECONNREFUSED' }) });
    };
    const { checks } = await runChecks({ database: outage }, { timeoutMs: 1000 });
    expect(checks.database).toEqual({ ok: false, detail: 'failed (ECONNREFUSED)' });
  });
});
