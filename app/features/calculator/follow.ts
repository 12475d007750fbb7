/**
 * Which parts of the page have to follow an input in the same frame: those in sight. The others follow when the inputs rest, when
 * they come into sight and before printing, so that nothing stale is ever seen, found or read aloud.
 */
import type { CalculatorStore } from './calculator-store.ts';

/** Inputs rest when none has come for this long. */
const REST_MS = 60;

export type OnRest = (listener: () => void) => () => void;

/** Tells when the inputs rest; one timer for the whole page. */
export function createRest(store: CalculatorStore): OnRest {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const tell = () => {
    timer = null;
    for (const listener of listeners) listener();
  };
  let stop: (() => void) | null = null;
  const start = () => {
    const unsubscribe = store.subscribe(() => {
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(tell, REST_MS);
    });
    window.addEventListener('beforeprint', tell);
    stop = () => {
      unsubscribe();
      window.removeEventListener('beforeprint', tell);
      if (timer !== null) clearTimeout(timer);
      timer = null;
    };
  };
  return (listener) => {
    if (listeners.size === 0) start();
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) stop?.();
    };
  };
}

/** A part of the screen that keeps itself up to date. */
export type Follower = {
  /** Brings up to date what is in sight. */
  update: () => void;
  /** Brings up to date what `update` left for later; absent when it leaves nothing. */
  finish?: () => void;
};

/** Calls `update` at every change while `element` is in sight, else later, and `finish` at rest. Returns the way to stop. */
export function followWhenSeen(element: Element | null, store: CalculatorStore, onRest: OnRest, { update, finish }: Follower): () => void {
  let isSeen = true;
  let isBehind = false;
  const catchUp = () => {
    if (!isBehind) return;
    isBehind = false;
    update();
    finish?.();
  };
  const observer = new IntersectionObserver((entries) => {
    isSeen = entries[entries.length - 1]?.isIntersecting === true;
    if (isSeen) catchUp();
  });
  if (element !== null) observer.observe(element);
  const unsubscribe = store.subscribe(() => {
    if (isSeen) update();
    else isBehind = true;
  });
  const stopRest = onRest(() => {
    if (isBehind) catchUp();
    else finish?.();
  });
  return () => {
    observer.disconnect();
    unsubscribe();
    stopRest();
  };
}
