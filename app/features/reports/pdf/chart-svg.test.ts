import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { createFormat } from '#app/ui/format.ts';
import type { Chart, Series } from '../model/document.ts';
import { ChartSvg } from './chart-svg.tsx';

const series = (name: string, role: Series['role'], values: number[]): Series => ({ name, role, values });
const draw = (all: Series[], axisDigits = 0) => {
  const chart: Chart = {
    kind: 'columns',
    alt: 'a chart',
    categoryTitle: 'x',
    valueTitle: 'y',
    categories: ['a', 'b'],
    series: all,
    base: 0,
    axisDigits,
  };
  return renderToStaticMarkup(createElement(ChartSvg, { chart, format: createFormat('en') }));
};
const classes = (svg: string) => [...svg.matchAll(/class="bar ([^"]+)"/g)].map(([, tone]) => tone);

describe('bars of a report', () => {
  it('below zero are in the colour of a loss where there is one series', () => {
    expect(classes(draw([series('net', 'main', [3, -2])]))).toEqual(['main', 'loss']);
  });

  it('keep the colour of their series where there are two, above and below zero', () => {
    // The legend comes behind the bars.
    expect(classes(draw([series('plan', 'main', [3, -1]), series('on', 'second', [5, -5])])).slice(0, 4)).toEqual([
      'main',
      'main',
      'second',
      'second',
    ]);
  });

  it('have an axis whose labels all have as many digits behind the point', () => {
    const labels = (svg: string) => [...svg.matchAll(/>([−-]?[\d.]+)</g)].map(([, text]) => text!.split('.')[1]?.length ?? 0);
    expect(new Set(labels(draw([series('net', 'main', [5, -6])])))).toEqual(new Set([0]));
    expect(new Set(labels(draw([series('net', 'main', [0.4, -0.3])])))).toEqual(new Set([2]));
  });
});
