// Runs named checks side by side and says whether the process can serve. Pure but for the clock of the time limit.

export type CheckResult = { ok: boolean; detail: string };
export type Readiness<Name extends string = string> = { status: 'ready' | 'unready'; checks: Record<Name, CheckResult> };

/** Returns a detail for people when all is well; throws otherwise. A NotReady message is shown, any other is reduced to its code. */
export type Check = () => Promise<string>;

/** A foreseen state with a text fit for anyone who can reach the health route. */
export class NotReady extends Error {
  override readonly name = 'NotReady';
}

/** Ready when every check is ok; a check that has not answered after `timeoutMs` is not ok. Never throws. */
export async function runChecks<Name extends string>(
  checks: Record<Name, Check>,
  { timeoutMs }: { timeoutMs: number },
): Promise<Readiness<Name>> {
  const names = Object.keys(checks) as Name[];
  const results = await Promise.all(names.map((name) => runCheck(checks[name], timeoutMs)));
  const byName = Object.fromEntries(names.map((name, index) => [name, results[index]])) as Record<Name, CheckResult>;
  return { status: results.every(({ ok }) => ok) ? 'ready' : 'unready', checks: byName };
}

async function runCheck(check: Check, timeoutMs: number): Promise<CheckResult> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new NotReady(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return { ok: true, detail: await Promise.race([check(), tooLate]) };
  } catch (error) {
    return { ok: false, detail: describeFailure(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** Messages of drivers may name hosts and users, and the health route is public: only codes leave the process. */
function describeFailure(error: unknown): string {
  if (error instanceof NotReady) return error.message;
  const code = findCode(error);
  return code ? `failed (${code})` : 'failed';
}

function findCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : findCode(error.cause);
}
