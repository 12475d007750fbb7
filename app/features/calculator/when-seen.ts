/** React's side of following only what is in sight; see follow.ts. */
import { type RefObject, startTransition, useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { CalculatorState } from './calculator-store.ts';
import { type Follower, followWhenSeen } from './follow.ts';
import { useCalculator, useIsHydrated } from './use-calculator.ts';

/** As `useSelected`, for a part that may lag behind while it is out of sight. `ref` is the part's outermost element. */
export function useSelectedWhenSeen<T>(ref: RefObject<Element>, select: (state: CalculatorState) => T): T {
  const { store, onRest } = useCalculator();
  const shown = useRef<CalculatorState | null>(null);
  const subscribe = useCallback(
    (notify: () => void) => {
      const show = () => {
        shown.current = store.getState();
        notify();
      };
      // Something may have changed between rendering and now.
      show();
      return followWhenSeen(ref.current, store, onRest, { update: show });
    },
    [store, onRest, ref],
  );
  return useSyncExternalStore(
    subscribe,
    () => select(shown.current ?? store.initialState),
    () => select(store.initialState),
  );
}

/**
 * For parts that write into the page themselves. `follow` gets the element once it stands, and returns how it is brought up to date.
 * `shape` names what makes another element: a change starts over.
 */
export function useFollower(ref: RefObject<Element>, follow: (element: Element) => Follower, shape: string): void {
  const { store, onRest } = useCalculator();
  const latest = useRef(follow);
  latest.current = follow;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape stands for the element behind the reference
  useEffect(() => {
    if (ref.current === null) return;
    const follower = latest.current(ref.current);
    follower.update();
    return followWhenSeen(ref.current, store, onRest, follower);
  }, [store, onRest, ref, shape]);
}

/** How far below the screen a part is fetched already: it is there when it is scrolled to. */
const AHEAD = '240px';

/** False until `ref`'s element has come near the screen once. */
export function useWasSeen(ref: RefObject<Element>, startsSeen: boolean): boolean {
  const [wasSeen, setWasSeen] = useState(startsSeen);
  useEffect(() => {
    if (wasSeen || ref.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setWasSeen(true);
      },
      { rootMargin: AHEAD },
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [ref, wasSeen]);
  return wasSeen;
}

/** Longer than the pause between two steps of a slider on a slow machine: work that nobody waits for does not come between them. */
const SETTLED_MS = 200;

/** The state when the inputs last stood still for a while: for work that is too long for the frame of an input. */
export function useSettledState(): CalculatorState {
  const { store } = useCalculator();
  const isHydrated = useIsHydrated();
  const [settled, setSettled] = useState(() => (isHydrated ? store.getState() : store.initialState));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const stop = () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    };
    const show = () => {
      stop();
      startTransition(() => setSettled(store.getState()));
    };
    // Something may have changed between rendering and now.
    show();
    const unsubscribe = store.subscribe(() => {
      stop();
      timer = setTimeout(show, SETTLED_MS);
    });
    window.addEventListener('beforeprint', show);
    return () => {
      stop();
      unsubscribe();
      window.removeEventListener('beforeprint', show);
    };
  }, [store]);
  return settled;
}
