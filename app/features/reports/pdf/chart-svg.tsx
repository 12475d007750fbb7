/** A chart of a report as SVG: vectors on paper, labelled at the marks, colours from the style sheet. */
import type { Format } from '#app/ui/format.ts';
import type { Chart, Series } from '../model/document.ts';
import { type Geometry, toGeometry, toLinePath, WIDTH } from './chart-geometry.ts';

const SHORTENED_FROM = 10_000;
/** Wide enough for the longest name of a series at the type size of labels. */
const LEGEND_STEP = 190;

/** Axis labels: 120k and 1.5M where figures are long. */
function sayTick(format: Format, value: number, digits: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${format.number(value / 1e6, 1)}M`;
  return size >= SHORTENED_FROM ? `${format.number(value / 1000, 0)}k` : format.number(value, digits);
}

/** Digits behind the point that all labels of an axis have: 5, 0, -5 and not 5.00, 0, -10. */
function digitsOf(ticks: Geometry['ticks'], digits: number): number {
  return ticks.every(({ value }) => Number.isInteger(value)) ? digits : Math.max(digits, 2);
}

export function ChartSvg({ chart, format }: { chart: Chart; format: Format }) {
  const geometry = toGeometry(chart);
  const isLying = chart.kind === 'bars';
  const digits = digitsOf(geometry.ticks, chart.axisDigits);
  return (
    <svg className="chart" viewBox={`0 0 ${WIDTH} ${geometry.height}`} role="img" aria-label={chart.alt}>
      {geometry.ticks.map(({ at, value }) => (
        <g key={value} className={value === chart.base ? 'zero' : 'grid'}>
          {isLying ? (
            <line x1={at} x2={at} y1={geometry.top} y2={geometry.bottom} />
          ) : (
            <line x1={geometry.left} x2={geometry.right} y1={at} y2={at} />
          )}
          <text x={isLying ? at : geometry.left - 8} y={isLying ? geometry.bottom + 16 : at + 4} textAnchor={isLying ? 'middle' : 'end'}>
            {sayTick(format, value, digits)}
          </text>
        </g>
      ))}
      <Base chart={chart} geometry={geometry} />
      {chart.series.map((series, index) =>
        chart.kind === 'line' ? (
          <path key={series.name} className={`line ${series.role}`} d={toLinePath(series.values, geometry)} />
        ) : (
          <Bars key={series.name} chart={chart} series={series} index={index} geometry={geometry} />
        ),
      )}
      <g className="names">
        {chart.categories.map((category, index) =>
          geometry.labelled(index) ? (
            <text
              // biome-ignore lint/suspicious/noArrayIndexKey: categories may repeat and never move
              key={index}
              x={isLying ? geometry.left - 10 : geometry.middle(index)}
              y={isLying ? geometry.middle(index) + 4 : geometry.bottom + 16}
              textAnchor={isLying ? 'end' : 'middle'}
            >
              {category}
            </text>
          ) : null,
        )}
      </g>
      <text className="title" x={isLying ? geometry.left : 0} y={10}>
        {chart.valueTitle}
      </text>
      <text className="title" x={geometry.right} y={geometry.height - 4} textAnchor="end">
        {chart.categoryTitle}
      </text>
      {chart.series.length > 1 ? (
        <Legend series={chart.series} isLine={chart.kind === 'line'} height={geometry.height} left={geometry.left} />
      ) : null}
    </svg>
  );
}

function Base({ chart, geometry }: { chart: Chart; geometry: Geometry }) {
  if (geometry.ticks.some(({ value }) => value === chart.base)) return null;
  const at = geometry.place(chart.base);
  return chart.kind === 'bars' ? (
    <line className="base" x1={at} x2={at} y1={geometry.top} y2={geometry.bottom} />
  ) : (
    <line className="base" x1={geometry.left} x2={geometry.right} y1={at} y2={at} />
  );
}

function Bars({ chart, series, index, geometry }: { chart: Chart; series: Series; index: number; geometry: Geometry }) {
  const isLying = chart.kind === 'bars';
  const isCompared = chart.base !== 0;
  // Ends of a swing share one line; everything else stands side by side.
  const lanes = isCompared ? 1 : chart.series.length;
  const thickness = Math.min(34, (geometry.room * 0.7) / lanes);
  const from = geometry.place(chart.base);
  return (
    <>
      {series.values.map((value, place) => {
        if (value === null) return null;
        const to = geometry.place(value);
        const across = geometry.middle(place) - (thickness * lanes) / 2 + (isCompared ? 0 : index * thickness);
        const [start, length] = [Math.min(from, to), Math.abs(to - from)];
        // Beside another series the colour says which of them it is, above and below zero.
        const tone = chart.series.length === 1 && value < 0 ? 'loss' : series.role;
        const box = isLying
          ? { x: start, y: across, width: length, height: thickness }
          : { x: across, y: start, width: thickness, height: length };
        // biome-ignore lint/suspicious/noArrayIndexKey: marks never move
        return <rect key={place} className={`bar ${tone}`} {...box} />;
      })}
    </>
  );
}

function Legend({ series, isLine, height, left }: { series: readonly Series[]; isLine: boolean; height: number; left: number }) {
  return (
    <g className="legend">
      {series.map(({ name, role }, index) => {
        const x = (isLine ? left : 0) + index * LEGEND_STEP;
        return (
          <g key={name}>
            <rect className={`bar ${role}`} x={x} y={height - 12} width={14} height={isLine ? 3 : 9} />
            <text x={x + 20} y={height - 4}>
              {name}
            </text>
          </g>
        );
      })}
    </g>
  );
}
