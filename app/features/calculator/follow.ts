/**
 * Which parts of the page have to follow an input in the same frame: those in sight. The others follow when the inputs rest, when
 * they come into sight and before printing, so that nothing stale is ever seen, found or read aloud.
 */
import type { CalculatorStore } from './calculator-store.ts';

/** Inputs rest when none has come for this long. */
const REST_MS = 150;

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

/** Calls `update` at every change while `element` is in sight, else later. Returns the way to stop. */
export function followWhenSeen(element: Element | null, store: CalculatorStore, onRest: OnRest, update: () => void): () => void {
  let isSeen = true;
  let isBehind = false;
  const catchUp = () => {
    if (!isBehind) return;
    isBehind = false;
    update();
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
  const stopRest = onRest(catchUp);
  return () => {
    observer.disconnect();
    unsubscribe();
    stopRest();
  };
}
