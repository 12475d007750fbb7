/** The machines of a site where they stand, as cells of a canvas. What the map shows stands in a table beside it for whoever cannot see or point. */
import { useNavigate } from '@remix-run/react';
import type { TFunction } from 'i18next';
import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sayAge } from '#app/features/monitoring/say-age.ts';
import { sayPower } from '#app/features/monitoring/say-power.ts';
import type { SitePageView } from '#app/features/monitoring/site/read-site-page.server.ts';
import { toMachinePath } from '#app/paths.ts';
import { type Format, UNKNOWN } from '#app/ui/format.ts';
import { Segmented } from '#app/ui/segmented.tsx';
import { isStale, readState } from './fleet-cells.ts';
import { CLASS_MARKS, CLASS_TOKENS, HEAT_CLASSES, HEAT_MODES, HEAT_TOKENS, type HeatMode } from './heat-colours.ts';
import { type Paint, paintRacks } from './paint-racks.ts';
import { findCell, groupByRack, layOutRacks, type RackLayout } from './rack-layout.ts';
import type { LiveCells } from './use-live-cells.ts';
import { findNextCell } from './walk-cells.ts';

/** Few machines need no map as high as many do. */
const SIZES: readonly [number, string][] = [
  [150, 'small'],
  [600, 'middle'],
  [2_500, 'wide'],
];

export function RackMap({ view, live, format }: { view: SitePageView; live: LiveCells; format: Format }) {
  const { t } = useTranslation('monitoring');
  const [mode, setMode] = useState<HeatMode>('hashrate');
  const [at, setAt] = useState<number | null>(null);
  /** What the keys moved to, as it was then: the figures below go on, and are not read out again for that. */
  const [said, setSaid] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const base = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const navigate = useNavigate();
  const { cells, nowS, follow } = live;
  const size = useBoxSize(box);
  const { racks: rackOf, rackRows, rackColumns, numbers } = view.cells;
  const layout = useMemo(() => {
    if (size === null) return null;
    const groups = groupByRack(view.racks, { racks: rackOf, rows: rackRows, columns: rackColumns }, t('map.loose'));
    return layOutRacks(groups, numbers.length, size.width, size.height);
  }, [view.racks, rackOf, rackRows, rackColumns, numbers.length, size, t]);

  useEffect(() => {
    const context = layout === null ? null : fitCanvas(base.current, layout);
    if (context === null || layout === null) return;
    let frame = 0;
    const draw = () => {
      frame = 0;
      paintRacks(context, { layout, cells, mode, nowS: nowS(), cadenceS: view.site.cadenceS, gapS: view.gapS }, readPaint(context.canvas));
    };
    draw();
    const stop = follow(() => {
      if (frame === 0) frame = requestAnimationFrame(draw);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [layout, mode, cells, nowS, follow, view.site.cadenceS, view.gapS]);

  useEffect(() => {
    const context = layout === null ? null : fitCanvas(over.current, layout);
    if (context === null || layout === null || at === null) return;
    context.strokeStyle = readPaint(context.canvas).ink;
    context.lineWidth = 2;
    context.strokeRect((layout.x[at] ?? 0) - 1, (layout.y[at] ?? 0) - 1, layout.cellPx + 1, layout.cellPx + 1);
  }, [layout, at]);

  const find = (event: PointerEvent) => {
    const rect = base.current?.getBoundingClientRect();
    if (layout === null || rect === undefined) return null;
    const { left, top } = rect;
    return findCell(layout, event.clientX - left, event.clientY - top);
  };
  const open = (index: number | null) => {
    const number = index === null ? undefined : numbers[index];
    if (number !== undefined) navigate(toMachinePath(number));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (layout === null || numbers.length === 0) return;
    if (event.key === 'Enter') return open(at);
    const next = findNextCell(layout, at, event.key);
    if (next === null) return;
    event.preventDefault();
    setAt(next);
    const { name, figures } = sayCell({ view, live, index: next, format, t });
    setSaid(`${name} ${figures}`);
  };
  const sizeName = SIZES.find(([most]) => numbers.length <= most)?.[1] ?? 'large';
  return (
    <div className="rack-map">
      <Segmented
        name="heat-mode"
        legend={t('map.mode')}
        options={HEAT_MODES.map((value) => ({ value, label: t(`map.modes.${value}`) }))}
        value={mode}
        onSelect={setMode}
        compact
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is a group of fields, and this is one of cells */}
      <div
        ref={box}
        className={`rack-box ${sizeName}`}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys go from cell to cell here
        tabIndex={0}
        aria-label={t('map.label')}
        onKeyDown={onKeyDown}
        onPointerMove={(event) => setAt(find(event))}
        onPointerLeave={() => setAt(null)}
        onClick={() => open(at)}
      >
        <div>
          <canvas ref={base} role="img" aria-label={t('map.canvas', { count: numbers.length, machines: format.integer(numbers.length) })} />
          <canvas ref={over} className="over" />
        </div>
      </div>
      <Legend mode={mode} />
      <output className="vh">{said}</output>
      <p className="rack-readout small">
        {at === null ? <span className="dim">{t('map.hint')}</span> : <Readout view={view} live={live} index={at} format={format} />}
      </p>
    </div>
  );
}

/** Width and height of the box without its edges; null until it is on the screen. */
function useBoxSize(box: RefObject<HTMLDivElement | null>): { width: number; height: number } | null {
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const { width, height } = entry.contentRect;
      setSize((last) => (last?.width === width && last.height === height ? last : { width, height }));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return size;
}

/** As many device pixels as the screen has, cleared. Null: there is no canvas. */
function fitCanvas(canvas: HTMLCanvasElement | null, { width, height }: RackLayout): CanvasRenderingContext2D | null {
  const context = canvas?.getContext('2d') ?? null;
  if (canvas === null || context === null) return null;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.ceil((width + 2) * ratio);
  canvas.height = Math.ceil((height + 2) * ratio);
  canvas.style.width = `${Math.ceil(width + 2)}px`;
  canvas.style.height = `${Math.ceil(height + 2)}px`;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** The tokens as the page has them now: by day or by night. */
function readPaint(canvas: HTMLCanvasElement): Paint {
  const style = getComputedStyle(canvas);
  const names = [...HEAT_TOKENS, 'ink', 'ink-2', 'surface', 'line'] as const;
  const colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  return { ...(colours as Omit<Paint, 'font'>), font: style.fontFamily };
}

function Legend({ mode }: { mode: HeatMode }) {
  const { t } = useTranslation('monitoring');
  return (
    <ul className="state-list" aria-label={t('map.legend')}>
      {HEAT_CLASSES[mode].map((name) => (
        <li key={name}>
          <i className={`key t-${CLASS_TOKENS[name]} ${CLASS_MARKS[name] ?? ''}`} aria-hidden="true" />
          {t(`map.class.${name}`)}
        </li>
      ))}
    </ul>
  );
}

type Told = { view: SitePageView; live: LiveCells; index: number; format: Format };

function Readout(told: Told) {
  const { t } = useTranslation('monitoring');
  const { name, figures } = sayCell({ ...told, t });
  return (
    <>
      <b>{name}</b> {figures}
    </>
  );
}

function sayCell({ view, live, index, format, t }: Told & { t: TFunction<'monitoring'> }): { name: string; figures: string } {
  const { cells } = live;
  const nowS = live.nowS();
  const rack = cells.racks[index] ?? null;
  const [row, column] = [cells.rackRows[index] ?? null, cells.rackColumns[index] ?? null];
  const atS = cells.atS[index] ?? null;
  const isKnown = !isStale(atS, nowS, view.gapS);
  const rated = cells.ratedHashrateThs[index] ?? null;
  const parts = [
    rack === null ? null : view.racks[rack]?.name,
    row === null || column === null ? null : t('map.position', { row, column }),
    t(`state.${readState(cells, index, nowS, view.gapS)}`),
    isKnown ? `${format.hashrate(cells.hashrateThs[index])}${rated === null ? '' : ` / ${format.hashrate(rated)}`}` : null,
    isKnown ? sayPower(cells.powerW[index] ?? null, format) : null,
    isKnown ? `${cells.chipTemperatureC[index] ?? UNKNOWN} °C` : null,
    atS === null ? t('unknown.never') : sayAge(t, atS, nowS),
  ].filter((part) => part !== null && part !== undefined);
  return { name: t('machine.number', { number: cells.numbers[index] }), figures: parts.join(' · ') };
}
