import { describe, expect, it } from 'vitest';
import { createRiskRunner, type OpenThread, type RiskReply, type RiskRequest } from './risk-runner.ts';

const aRequest = (seed: number) => ({ inputs: {}, options: { seed } }) as unknown as RiskRequest;
const DONE = { kind: 'done', result: { kind: 'invalid', errors: [] } } as const satisfies RiskReply;

/** Threads that answer when the test says so. */
function createThreads() {
  const opened: { sent: RiskRequest[]; reply: (reply: RiskReply) => void; fail: (reason: string) => void; isStopped: boolean }[] = [];
  const open: OpenThread = (onReply, onBroken) => {
    const thread = { sent: [] as RiskRequest[], reply: onReply, fail: onBroken, isStopped: false };
    opened.push(thread);
    return {
      send: (request) => void thread.sent.push(request),
      stop: () => {
        thread.isStopped = true;
      },
    };
  };
  return { opened, open };
}

describe('the simulation thread', () => {
  it('gets one request at a time, and of those that wait only the newest', () => {
    const { opened, open } = createThreads();
    const replies: [RiskRequest, RiskReply][] = [];
    const runner = createRiskRunner(open, (...reply) => replies.push(reply));
    const [first, second, third] = [aRequest(1), aRequest(2), aRequest(3)];
    runner.run(first);
    runner.run(second);
    runner.run(third);
    expect(opened[0]!.sent).toEqual([first]);
    opened[0]!.reply(DONE);
    expect(opened[0]!.sent).toEqual([first, third]);
    opened[0]!.reply(DONE);
    expect(replies.map(([request]) => request)).toEqual([first, third]);
    expect(opened).toHaveLength(1);
  });

  it('is opened anew after it broke, and whoever asked is told', () => {
    const { opened, open } = createThreads();
    const replies: RiskReply[] = [];
    const runner = createRiskRunner(open, (_, reply) => replies.push(reply));
    runner.run(aRequest(1));
    opened[0]!.fail('gone');
    expect(replies).toEqual([{ kind: 'failed', reason: 'gone' }]);
    expect(opened[0]!.isStopped).toBe(true);
    runner.run(aRequest(2));
    expect(opened).toHaveLength(2);
  });

  it('that cannot be opened is said, not thrown', () => {
    const replies: RiskReply[] = [];
    const runner = createRiskRunner(
      () => {
        throw new Error('no threads here');
      },
      (_, reply) => replies.push(reply),
    );
    runner.run(aRequest(1));
    expect(replies).toEqual([{ kind: 'failed', reason: 'Error: no threads here' }]);
  });

  it('says nothing more once it is stopped', () => {
    const { opened, open } = createThreads();
    const replies: RiskReply[] = [];
    const runner = createRiskRunner(open, (_, reply) => replies.push(reply));
    runner.run(aRequest(1));
    runner.stop();
    opened[0]!.reply(DONE);
    expect(opened[0]!.isStopped).toBe(true);
    expect(replies).toEqual([]);
  });
});
