// What part of a time chart is seen and which moment is read: pointer, touch and keyboard.
import { type KeyboardEvent, type PointerEvent, useCallback, useState } from 'react';
import { findNearest, type TimeRange } from './layout.ts';

/** A drag shorter than this share of the width is a tap. */
const LEAST_DRAG_RATIO = 0.02;
/** Closest look: moments. */
const LEAST_MOMENTS = 5;
const PAGE_MOMENTS = 10;
const ZOOM_FACTOR = 2;

type Drag = { fromRatio: number; toRatio: number };

export type TimeWindow = {
  range: TimeRange;
  setRange: (range: TimeRange) => void;
  isWhole: boolean;
  /** Index of the moment that is read; `null`: the newest. */
  cursor: number | null;
  drag: Drag | null;
  pointer: {
    onPointerDown: (event: PointerEvent<SVGElement>) => void;
    onPointerMove: (event: PointerEvent<SVGElement>) => void;
    onPointerUp: (event: PointerEvent<SVGElement>) => void;
    onPointerLeave: () => void;
  };
  onKeyDown: (event: KeyboardEvent) => void;
};

export function useTimeWindow(times: ArrayLike<number>, whole: TimeRange, initial: TimeRange): TimeWindow {
  const [chosen, setChosen] = useState<TimeRange | null>(initial);
  const [cursor, setCursor] = useState<number | null>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const range = chosen === null ? whole : clamp(chosen, whole);
  const first = times.length === 0 ? 0 : findNearest(times, range.fromMs, 0, times.length - 1);
  const last = times.length === 0 ? -1 : findNearest(times, range.toMs, 0, times.length - 1);

  const ratioOf = (event: PointerEvent<SVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  const timeAt = (ratio: number) => range.fromMs + ratio * (range.toMs - range.fromMs);
  const setRange = useCallback(
    (next: TimeRange) => {
      const least = ((whole.toMs - whole.fromMs) / Math.max(1, times.length)) * LEAST_MOMENTS;
      if (next.toMs - next.fromMs >= least) setChosen(clamp(next, whole));
    },
    [times.length, whole],
  );

  const zoom = (factor: number) => {
    const middle = cursor === null ? (range.fromMs + range.toMs) / 2 : times[cursor]!;
    setRange({ fromMs: middle - (middle - range.fromMs) * factor, toMs: middle + (range.toMs - middle) * factor });
  };
  const move = (moments: number) => {
    const next = Math.min(last, Math.max(first, (cursor ?? last) + moments));
    setCursor(next);
  };

  return {
    range,
    setRange,
    isWhole: range.fromMs <= whole.fromMs && range.toMs >= whole.toMs,
    cursor: cursor !== null && cursor >= first && cursor <= last ? cursor : null,
    drag,
    pointer: {
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ fromRatio: ratioOf(event), toRatio: ratioOf(event) });
      },
      onPointerMove: (event) => {
        if (times.length === 0) return;
        const ratio = ratioOf(event);
        setCursor(findNearest(times, timeAt(ratio), first, last));
        if (drag !== null) setDrag({ ...drag, toRatio: ratio });
      },
      onPointerUp: () => {
        if (drag !== null && Math.abs(drag.toRatio - drag.fromRatio) >= LEAST_DRAG_RATIO)
          setRange({ fromMs: timeAt(Math.min(drag.fromRatio, drag.toRatio)), toMs: timeAt(Math.max(drag.fromRatio, drag.toRatio)) });
        setDrag(null);
      },
      onPointerLeave: () => {
        if (drag === null) setCursor(null);
      },
    },
    onKeyDown: (event) => {
      const acts: Record<string, () => void> = {
        ArrowLeft: () => move(-1),
        ArrowRight: () => move(1),
        PageUp: () => move(-PAGE_MOMENTS),
        PageDown: () => move(PAGE_MOMENTS),
        Home: () => setCursor(first),
        End: () => setCursor(last),
        '+': () => zoom(1 / ZOOM_FACTOR),
        '-': () => zoom(ZOOM_FACTOR),
        '0': () => setChosen(null),
        Escape: () => setCursor(null),
      };
      const act = times.length === 0 ? undefined : acts[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    },
  };
}

/** Inside of what there is, as long as it was asked for as far as that goes. */
function clamp(range: TimeRange, whole: TimeRange): TimeRange {
  const length = Math.min(range.toMs - range.fromMs, whole.toMs - whole.fromMs);
  const fromMs = Math.min(Math.max(range.fromMs, whole.fromMs), whole.toMs - length);
  return { fromMs, toMs: fromMs + length };
}
