/** From the candles and values of the page to what the time chart draws. Pure; words are arguments. */
import type { Format } from '#app/ui/format.ts';
import type { Pane, Series, Values } from '#app/ui/time-chart/series.ts';
import { DRAWINGS, type DrawnPane } from './drawings.ts';
import type { ChartData, ShownOutput } from './indicator-page.ts';
import { sayFigure, sayTick } from './say-figure.ts';

const PRICE_PX = 320;
const VOLUME_PX = 64;
const BELOW_PX = 130;

export type PaneWords = {
  price: string;
  candles: string;
  close: string;
  volume: string;
  volumeTitle: string;
  /** The indicator's name. */
  name: string;
  output: (name: string) => string;
};

type Options = { name: string; isLong: boolean; format: Format; words: PaneWords };

/** Moments of candles, and of those still to come. */
export function listTimes({ startMs, stepMs, count, ahead }: ChartData): number[] {
  return Array.from({ length: count + ahead }, (_, step) => startMs + step * stepMs);
}

export function toPanes(data: ChartData, { name, isLong, format, words }: Options): Pane[] {
  const drawings = DRAWINGS[name] ?? [];
  const outputs = new Map(data.outputs.map((output) => [output.name, output]));
  const over = drawings.filter(({ on }) => on === 'price').flatMap((pane) => toSeries(pane, outputs, words));
  const panes: Pane[] = [
    {
      id: 'price',
      title: words.price,
      heightPx: PRICE_PX,
      scale: isLong ? 'log' : 'linear',
      series: [...over.filter(({ kind }) => kind === 'band'), ...toPrice(data, words), ...over.filter(({ kind }) => kind !== 'band')],
      say: (value) => sayFigure(value, 'price', format),
      sayTick: (value) => sayTick(value, 'price', format),
    },
  ];
  if (data.volumeBtc !== null) {
    panes.push({
      id: 'volume',
      title: words.volumeTitle,
      heightPx: VOLUME_PX,
      scale: 'linear',
      series: [{ kind: 'bars', id: 'volume', name: words.volume, tone: 6, values: data.volumeBtc }],
      say: (value) => format.number(value, 0),
      sayTick: (value) => sayTick(value, 'volume', format),
    });
  }
  for (const pane of drawings.filter(({ on }) => on === 'below')) {
    const [first] = pane.lines;
    const unit = outputs.get(first!.output)!.unit;
    panes.push({
      id: `below-${first!.output}`,
      title: drawings.length === 1 ? words.name : `${words.name}: ${words.output(first!.output)}`,
      heightPx: BELOW_PX,
      scale: isLong && pane.growsByFactors ? 'log' : 'linear',
      series: toSeries(pane, outputs, words),
      levels: pane.levels ?? [],
      say: (value) => sayFigure(value, unit, format),
      sayTick: (value) => sayTick(value, unit, format),
    });
  }
  return panes;
}

/** Candles where they are known; where only a close is, a line that meets the first candle. */
function toPrice({ close, candles }: ChartData, words: PaneWords): Series[] {
  if (candles === null) return [{ kind: 'line', id: 'close', name: words.close, tone: 1, values: close }];
  const { open, high, low } = candles;
  const drawn: Series = { kind: 'candles', id: 'candles', name: words.candles, open, high, low, close };
  const isBare = (step: number) => close[step] !== null && open[step] === null;
  const line = close.map((value, step) => (isBare(step) || isBare(step - 1) || isBare(step + 1) ? value : null));
  return close.some((_, step) => isBare(step)) ? [{ kind: 'line', id: 'close', name: words.close, tone: 1, values: line }, drawn] : [drawn];
}

function toSeries(pane: DrawnPane, outputs: ReadonlyMap<string, ShownOutput>, words: PaneWords): Series[] {
  const valuesOf = (name: string): Values => outputs.get(name)?.values ?? [];
  const lines = pane.lines.map(({ output, kind, tone, isDashed }): Series => {
    const named = { id: output, name: words.output(output), values: valuesOf(output) };
    // Only bars are painted by their sign.
    return kind === 'bars' || tone === 'bySign' ? { ...named, kind: 'bars', tone } : { ...named, kind, tone, isDashed };
  });
  if (pane.band === undefined) return lines;
  const { lower, upper } = pane.band;
  return [{ kind: 'band', id: 'band', name: words.name, tone: 'wide', lower: valuesOf(lower), upper: valuesOf(upper) }, ...lines];
}
