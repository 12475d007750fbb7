/** A report as slides: native charts and real tables that can be edited, titles that say the finding. Pure but for the compression. */
import type Deck from 'pptxgenjs';
import { HTML_LANG } from '#app/platform/i18n/languages.ts';
import {
  type Cell,
  type Chart,
  type Figure,
  fitLogo,
  type ReportDocument,
  type Section,
  type Series,
  type Table,
} from '../model/document.ts';

/** 16:9 in inches, and the room inside the margins. */
const WIDTH = 13.333;
const HEIGHT = 7.5;
const LEFT = 0.6;
const INNER = WIDTH - 2 * LEFT;
const BODY_TOP = 1.75;
const BODY_HEIGHT = 5.1;
/** More rows than this do not stay readable on a slide; the annex of the PDF and the workbook have them all. */
const MAX_ROWS = 12;
const HALVES_GAP = 0.4;
const FIGURES_PER_ROW = 4;
/** On the cover, in inches; at its right edge, across from the name. */
const LOGO_BOX = { width: 3, height: 0.8 };
/** Fewest and most slides: a deck of less says too little, one of more is not read. */
export const SLIDES = { least: 8, most: 12 } as const;

const INK = '1A1B1D';
const QUIET = '63666C';
const LINE = 'E1E1DC';
const PAPER = 'F6F6F4';
const ACCENT = 'F0A41C';
const ACCENT_TEXT = '8F5600';
const COLOURS: Record<Series['role'], string> = { main: '1A62A8', second: 'B5541A', third: '85857E', gain: '007A63', loss: 'B03A1A' };
const TONES: Record<Figure['tone'], string> = { gain: '00694C', loss: 'B03A1A', plain: INK };
const SHADES: Readonly<Record<number, string>> = {
  [-4]: 'DE8160',
  [-3]: 'EEAA92',
  [-2]: 'F6CFC0',
  [-1]: 'FBE9E2',
  1: 'E4F1EC',
  2: 'C3E2D6',
  3: '94CBB6',
  4: '5DB093',
};

type Slide = ReturnType<Deck['addSlide']>;

export async function renderPptx(document: ReportDocument): Promise<Uint8Array> {
  // Loaded with the first deck, as the other formats' packages are.
  const { default: pptxgenjs } = await import('pptxgenjs');
  // Both module shapes occur: the class itself under Node, a namespace around it under a bundler.
  const Presentation = ('default' in pptxgenjs ? pptxgenjs.default : pptxgenjs) as typeof Deck;
  const deck = new Presentation();
  deck.layout = 'LAYOUT_WIDE';
  deck.title = document.title;
  deck.author = document.workspace ?? 'HashInsight';
  deck.company = document.workspace ?? 'HashInsight';
  const font = document.language === 'zh' ? 'Microsoft YaHei' : 'Calibri';
  deck.theme = { headFontFace: font, bodyFontFace: font };
  const lang = document.language === 'zh' ? HTML_LANG.zh : 'en-US';
  const words = { fontFace: font, lang };

  writeCover(deck, document, words);
  writeFigures(deck.addSlide(), document, words);
  for (const section of document.sections) writeSection(deck.addSlide(), section, words);
  writeSection(deck.addSlide(), document.assumptions, words);
  writeSection(deck.addSlide(), document.market, words);
  return (await deck.write({ outputType: 'uint8array', compression: true })) as Uint8Array;
}

type Words = { fontFace: string; lang: string };

function writeCover(deck: Deck, document: ReportDocument, words: Words): void {
  const slide = deck.addSlide();
  slide.background = { color: PAPER };
  slide.addShape('rect', { x: 0, y: 0, w: WIDTH, h: 0.22, fill: { color: ACCENT } });
  const owner = document.workspace ?? 'HashInsight';
  if (document.logo !== null) {
    const { width: w, height: h } = fitLogo(document.logo, LOGO_BOX);
    slide.addImage({ data: document.logo.dataUri.replace('data:', ''), x: WIDTH - LEFT - w, y: 0.6, w, h, altText: owner });
  }
  slide.addText(owner, { ...words, x: LEFT, y: 0.75, w: INNER, h: 0.5, fontSize: 18, color: QUIET, margin: 0 });
  slide.addText(document.title, {
    ...words,
    x: LEFT,
    y: 2.2,
    w: INNER,
    h: 1.1,
    fontSize: 40,
    bold: true,
    color: INK,
    margin: 0,
    fit: 'shrink',
  });
  slide.addText(document.headline, {
    ...words,
    x: LEFT,
    y: 3.35,
    w: INNER,
    h: 0.9,
    fontSize: 22,
    color: ACCENT_TEXT,
    margin: 0,
    valign: 'top',
  });
  slide.addText(document.subtitle, { ...words, x: LEFT, y: 4.3, w: INNER, h: 0.5, fontSize: 14, color: QUIET, margin: 0 });
  slide.addText(`${document.preparedFor}\n${document.madeText}`, {
    ...words,
    x: LEFT,
    y: 6.3,
    w: INNER,
    h: 0.7,
    fontSize: 12,
    color: QUIET,
    margin: 0,
  });
  slide.addNotes(`${document.note}\n${document.engineNote}`);
}

/** Longer titles take two lines, in a size in which these end above what follows. A Chinese character is as wide as two letters. */
const MAX_TITLE_WIDTH = 50;

export function sizeOfTitle(title: string): number {
  const wide = title.match(/[\u2e80-\uffff]/g)?.length ?? 0;
  return title.length + wide > MAX_TITLE_WIDTH ? 21 : 26;
}

function writeTitle(slide: Slide, title: string, lead: string, words: Words): void {
  slide.background = { color: 'FFFFFF' };
  const fontSize = sizeOfTitle(title);
  slide.addText(title, { ...words, x: LEFT, y: 0.35, w: INNER, h: 0.75, fontSize, bold: true, color: INK, margin: 0, fit: 'shrink' });
  slide.addText(lead, { ...words, x: LEFT, y: 1.15, w: INNER, h: 0.5, fontSize: 12, color: QUIET, margin: 0, valign: 'top' });
  slide.slideNumber = {
    x: WIDTH - 1,
    y: HEIGHT - 0.4,
    w: 0.5,
    h: 0.3,
    fontFace: words.fontFace,
    fontSize: 10,
    color: QUIET,
    align: 'right',
  };
}

function writeFigures(slide: Slide, document: ReportDocument, words: Words): void {
  writeTitle(slide, document.headline, document.subtitle, words);
  const rows = Math.ceil(document.figures.length / FIGURES_PER_ROW);
  const [w, h] = [INNER / FIGURES_PER_ROW, BODY_HEIGHT / rows];
  document.figures.forEach(({ label, text, basis, tone }, index) => {
    const x = LEFT + (index % FIGURES_PER_ROW) * w;
    const y = BODY_TOP + Math.floor(index / FIGURES_PER_ROW) * h;
    slide.addShape('line', { x, y, w: w - 0.25, h: 0, line: { color: index === 0 ? ACCENT : LINE, width: index === 0 ? 2.5 : 1 } });
    slide.addText(label, { ...words, x, y: y + 0.08, w: w - 0.25, h: 0.35, fontSize: 11, color: QUIET, margin: 0, fit: 'shrink' });
    slide.addText(text, {
      ...words,
      x,
      y: y + 0.42,
      w: w - 0.25,
      h: 0.5,
      fontSize: 24,
      bold: true,
      color: TONES[tone],
      margin: 0,
      fit: 'shrink',
    });
    slide.addText(basis, { ...words, x, y: y + 0.93, w: w - 0.25, h: h - 1, fontSize: 9, color: QUIET, margin: 0, valign: 'top' });
  });
}

/** Chart and table share the slide where there are both: the table below when it is short, at the side otherwise. */
function writeSection(slide: Slide, { title, lead, chart, table }: Section, words: Words): void {
  writeTitle(slide, title, lead, words);
  if (chart !== null && table !== null) {
    const isShort = table.rows.length <= 3 || table.columns.length > 4;
    const chartHeight = table.rows.length <= 3 ? 3.4 : 2.3;
    const chartBox = isShort
      ? { x: LEFT, y: BODY_TOP, w: INNER, h: chartHeight }
      : { x: LEFT, y: BODY_TOP, w: INNER * 0.52, h: BODY_HEIGHT };
    const tableBox = isShort
      ? { x: LEFT, y: BODY_TOP + chartHeight + 0.15, w: INNER }
      : { x: LEFT + INNER * 0.55, y: BODY_TOP + 0.1, w: INNER * 0.45 };
    writeChart(slide, chart, chartBox, words);
    writeTable(slide, table, tableBox, words);
  } else if (chart !== null) {
    writeChart(slide, chart, { x: LEFT, y: BODY_TOP, w: INNER, h: BODY_HEIGHT }, words);
  } else if (table !== null) {
    writeTable(slide, table, { x: LEFT, y: BODY_TOP, w: INNER }, words);
  }
}

function writeChart(slide: Slide, chart: Chart, box: { x: number; y: number; w: number; h: number }, words: Words): void {
  const isSwing = chart.base !== 0;
  // Lying bars are drawn from below: turned round, the first category stands on top.
  const inOrder = <T>(values: readonly T[]): T[] => (chart.kind === 'bars' ? [...values].reverse() : [...values]);
  const data = chart.series.map(({ name, values }) => ({
    name,
    labels: inOrder(chart.categories),
    // A gap is an empty cell of the chart's sheet.
    values: inOrder(values) as number[],
  }));
  const isLine = chart.kind === 'line';
  slide.addChart(isLine ? 'line' : 'bar', data, {
    ...box,
    altText: chart.alt,
    chartColors: chart.series.map(({ role }) => COLOURS[role]),
    ...(isLine ? { lineSize: 2.5, lineDataSymbol: 'none' as const } : {}),
    ...(isLine ? {} : { barDir: chart.kind === 'bars' ? ('bar' as const) : ('col' as const), barGapWidthPct: 55 }),
    ...(isSwing
      ? { valAxisCrossesAt: chart.base, catAxisLabelPos: 'low' as const, barGrouping: 'clustered' as const, barOverlapPct: 100 }
      : {}),
    showLegend: chart.series.length > 1,
    legendPos: 'b',
    legendFontSize: 10,
    legendFontFace: words.fontFace,
    catAxisLabelFontSize: 10,
    catAxisLabelFontFace: words.fontFace,
    catAxisLabelColor: QUIET,
    catAxisLabelPos: 'low',
    valAxisLabelFontSize: 10,
    valAxisLabelColor: QUIET,
    valAxisLabelFormatCode: chart.axisDigits === 0 ? '#,##0' : '#,##0.00',
    valGridLine: { color: LINE, size: 0.75 },
    catGridLine: { style: 'none' },
    showValAxisTitle: true,
    valAxisTitle: chart.valueTitle,
    valAxisTitleFontSize: 10,
    valAxisTitleColor: QUIET,
    showCatAxisTitle: chart.categoryTitle !== '',
    catAxisTitle: chart.categoryTitle,
    catAxisTitleFontSize: 10,
    catAxisTitleColor: QUIET,
  });
}

function writeTable(slide: Slide, table: Table, box: { x: number; y: number; w: number }, words: Words): void {
  if (table.columns.length === 2 && table.rows.length > MAX_ROWS) {
    // A long list of pairs stays readable as two lists side by side.
    const half = Math.ceil(Math.min(table.rows.length, 2 * MAX_ROWS) / 2);
    const w = (box.w - HALVES_GAP) / 2;
    writeTable(slide, { ...table, rows: table.rows.slice(0, half) }, { ...box, w }, words);
    writeTable(slide, { ...table, rows: table.rows.slice(half, 2 * half) }, { ...box, x: box.x + w + HALVES_GAP, w }, words);
    return;
  }
  const rows = table.rows.slice(0, MAX_ROWS);
  const isAlone = box.w === INNER && box.y === BODY_TOP;
  const fontSize = isAlone ? 13 : table.columns.length > 6 ? 10 : 11;
  const cell = (one: Cell, place: number) => ({
    text: one.text,
    options: {
      align: table.columns[place]?.kind === 'number' ? ('right' as const) : ('left' as const),
      ...(one.shade === undefined || one.shade === 0 ? {} : { fill: { color: SHADES[Math.max(-4, Math.min(4, one.shade))] ?? 'FFFFFF' } }),
    },
  });
  slide.addTable(
    [
      table.columns.map(({ label, kind }) => ({
        text: label,
        options: { bold: true, color: QUIET, align: kind === 'number' ? ('right' as const) : ('left' as const) },
      })),
      ...rows.map((row) => row.map(cell)),
    ],
    {
      ...box,
      fontFace: words.fontFace,
      fontSize,
      color: INK,
      border: { type: 'solid', pt: 0.5, color: LINE },
      margin: [0.04, 0.08, 0.04, 0.08],
      valign: 'middle',
    },
  );
}
