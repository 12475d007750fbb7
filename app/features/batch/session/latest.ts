/** One call under way, the newest one waiting, older ones dropped: sixty moves of a slider in a second do not queue up. */
export function createLatest<Value>(run: (value: Value) => Promise<void>): (value: Value) => void {
  let isRunning = false;
  let waiting: { value: Value } | null = null;
  async function work(value: Value): Promise<void> {
    isRunning = true;
    try {
      await run(value);
    } finally {
      isRunning = false;
      const next = waiting;
      waiting = null;
      if (next !== null) work(next.value).catch(() => undefined);
    }
  }
  return (value) => {
    if (isRunning) waiting = { value };
    else work(value).catch(() => undefined);
  };
}
