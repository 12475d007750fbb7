// What part of a time chart is seen and which moment is read: pointer, touch, wheel and keyboard.
import { type KeyboardEvent, type PointerEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { findNearest, type TimeRange } from './layout.ts';
import { clampRange, leastLengthMs, moveRange, stepOf, zoomRange } from './window-moves.ts';

/** A drag shorter than this share of the width is a tap. */
const LEAST_DRAG_RATIO = 0.02;
/** Of the buttons and keys; a notch of the wheel is a gentler step. */
const ZOOM_FACTOR = 2;
const WHEEL_FACTOR = 1.2;
/** Of the part seen, by a button or key. */
const MOVE_SHARE = 0.25;
/** Pixels of a wheel that counts lines. Firefox. */
const LINE_PX = 16;

type Drag = { fromRatio: number; toRatio: number };

export type TimeWindow = {
  range: TimeRange;
  setRange: (range: TimeRange) => void;
  isWhole: boolean;
  /** Below 1: closer. */
  zoom: (factor: number) => void;
  /** By a share of the part seen; below 0: earlier. */
  move: (share: number) => void;
  /** Index of the moment that is read; `null`: none is pointed at. */
  cursor: number | null;
  /** The part that is being chosen. */
  drag: Drag | null;
  pointer: {
    onPointerDown: (event: PointerEvent<SVGElement>) => void;
    onPointerMove: (event: PointerEvent<SVGElement>) => void;
    onPointerUp: (event: PointerEvent<SVGElement>) => void;
    onPointerCancel: () => void;
    onPointerLeave: () => void;
  };
  onKeyDown: (event: KeyboardEvent) => void;
  /** What takes the wheel while it has the focus. */
  focus: RefObject<HTMLDivElement>;
};

export const ZOOM = { closer: 1 / ZOOM_FACTOR, further: ZOOM_FACTOR } as const;
export const MOVE = { earlier: -MOVE_SHARE, later: MOVE_SHARE } as const;

export function useTimeWindow(times: ArrayLike<number>, whole: TimeRange, initial: TimeRange): TimeWindow {
  const [chosen, setChosen] = useState<TimeRange | null>(initial);
  const [cursor, setCursor] = useState<number | null>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const moved = useRef<{ fromRatio: number; range: TimeRange } | null>(null);
  const range = chosen === null ? whole : clampRange(chosen, whole);
  const first = times.length === 0 ? 0 : findNearest(times, range.fromMs, 0, times.length - 1);
  const last = times.length === 0 ? -1 : findNearest(times, range.toMs, 0, times.length - 1);
  const leastMs = leastLengthMs(whole, times.length);

  const ratioOf = (event: PointerEvent<SVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  const timeAt = (ratio: number) => range.fromMs + ratio * (range.toMs - range.fromMs);
  const setRange = useCallback(
    (next: TimeRange) => {
      if (next.toMs - next.fromMs >= leastMs) setChosen(clampRange(next, whole));
    },
    [leastMs, whole],
  );
  const zoomAround = (factor: number, aroundMs: number) => setChosen(zoomRange(range, whole, { factor, aroundMs, leastMs }));
  const zoom = (factor: number) => zoomAround(factor, cursor === null ? (range.fromMs + range.toMs) / 2 : times[cursor]!);
  const move = (share: number) => setChosen(moveRange(range, whole, share));
  const read = (moments: number) => setCursor(Math.min(last, Math.max(first, (cursor ?? last) + moments)));

  const focus = useWheel((event, ratio) => {
    const px = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      const width = event.currentTarget instanceof Element ? event.currentTarget.clientWidth : 1;
      move(((event.deltaX === 0 ? event.deltaY : event.deltaX) * px) / width);
    } else zoomAround(event.deltaY > 0 ? WHEEL_FACTOR : 1 / WHEEL_FACTOR, timeAt(ratio));
  });

  return {
    range,
    setRange,
    isWhole: range.fromMs <= whole.fromMs && range.toMs >= whole.toMs,
    zoom,
    move,
    cursor: cursor !== null && cursor >= first && cursor <= last ? cursor : null,
    drag,
    focus,
    pointer: {
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const fromRatio = ratioOf(event);
        if (event.shiftKey || isOnAxis(event)) moved.current = { fromRatio, range };
        else setDrag({ fromRatio, toRatio: fromRatio });
      },
      onPointerMove: (event) => {
        if (times.length === 0) return;
        const ratio = ratioOf(event);
        if (moved.current !== null) {
          setChosen(moveRange(moved.current.range, whole, moved.current.fromRatio - ratio));
          return;
        }
        setCursor(findNearest(times, timeAt(ratio), first, last));
        if (drag !== null) setDrag({ ...drag, toRatio: ratio });
      },
      onPointerUp: () => {
        if (drag !== null && Math.abs(drag.toRatio - drag.fromRatio) >= LEAST_DRAG_RATIO)
          setRange({ fromMs: timeAt(Math.min(drag.fromRatio, drag.toRatio)), toMs: timeAt(Math.max(drag.fromRatio, drag.toRatio)) });
        setDrag(null);
        moved.current = null;
      },
      // The browser took the gesture over, to scroll the page for instance: nothing was chosen.
      onPointerCancel: () => {
        setDrag(null);
        moved.current = null;
      },
      onPointerLeave: () => {
        if (drag === null) setCursor(null);
      },
    },
    onKeyDown: (event) => {
      const acts: Record<string, () => void> = {
        Home: () => setCursor(first),
        End: () => setCursor(last),
        '+': () => zoom(ZOOM.closer),
        // The same key without Shift.
        '=': () => zoom(ZOOM.closer),
        '-': () => zoom(ZOOM.further),
        '0': () => setChosen(null),
        Escape: () => setCursor(null),
      };
      const isCommand = event.ctrlKey || event.metaKey || event.altKey;
      const step = stepOf(event.key);
      const stepAct = () => {
        if (event.shiftKey && event.key === 'ArrowLeft') move(MOVE.earlier);
        else if (event.shiftKey && event.key === 'ArrowRight') move(MOVE.later);
        else read(step ?? 0);
      };
      const act = times.length === 0 || isCommand ? undefined : step === null ? acts[event.key] : stepAct;
      if (act === undefined) return;
      event.preventDefault();
      act();
    },
  };
}

/** Below what is drawn stands the axis of time: whoever takes hold of it moves the picture. */
function isOnAxis(event: PointerEvent<SVGElement>): boolean {
  const ground = event.currentTarget.querySelector('.tc-ground')?.getBoundingClientRect();
  return ground !== undefined && event.clientY > ground.bottom;
}

/**
 * The wheel belongs to the page until somebody has chosen the chart (by click, touch or Tab) or holds Ctrl, as a pinch on a touchpad does: a page that cannot be scrolled past a chart is worse than a
 * chart that has to be chosen first. React listens passively to the wheel, so that it could not be kept from the page.
 */
function useWheel(act: (event: WheelEvent, ratio: number) => void): RefObject<HTMLDivElement> {
  const focus = useRef<HTMLDivElement>(null);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const element = focus.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      const plot = element.querySelector('.tc-plot')?.getBoundingClientRect();
      if (plot === undefined || !(event.ctrlKey || element.contains(document.activeElement))) return;
      event.preventDefault();
      latest.current(event, Math.min(1, Math.max(0, (event.clientX - plot.left) / plot.width)));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);
  return focus;
}
