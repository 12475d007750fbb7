/** Whether trying again can help. Pure. */

/** Classes of SQLSTATE: bad data, broken rules, wrong statements. Everything else (connections, locks, resources, an end ordered by somebody) passes. */
const LASTING_CLASSES = new Set(['22', '23', '42']);

/** True when the database understood and refuses; false when it is away, busy or going down. */
export function isLostCause(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && LASTING_CLASSES.has(code.slice(0, 2));
}
