/** Which of the waiting news go out now, one by one or together: a budget of messages an hour, and a digest for what is beyond it. Pure. */

export type Waiting = {
  delivery: string;
  /** 0 is P0. */
  severity: number;
  atMs: number;
  /** Tells that an alert is over. */
  isEnd: boolean;
};

/** News of one message fit into a letter that somebody reads. */
export const MAX_DIGEST = 200;

/**
 * `left`: messages that the budget of the running hour still has. The gravest go alone, the last message of the budget takes all the rest; with nothing left everything
 * waits but P0, for which somebody is woken: what opened or got worse goes at once, together. What is longer than a digest waits for the next.
 */
export function planMessages(waiting: readonly Waiting[], left: number): string[][] {
  const sorted = [...waiting].sort((one, other) => one.severity - other.severity || one.atMs - other.atMs);
  if (left <= 0) {
    const urgent = sorted.filter(({ severity, isEnd }) => severity === 0 && !isEnd).slice(0, MAX_DIGEST);
    return urgent.length === 0 ? [] : [urgent.map(({ delivery }) => delivery)];
  }
  const alone = sorted.length <= left ? sorted.length : left - 1;
  const messages = sorted.slice(0, alone).map(({ delivery }) => [delivery]);
  const rest = sorted.slice(alone, alone + MAX_DIGEST).map(({ delivery }) => delivery);
  return rest.length === 0 ? messages : [...messages, rest];
}
