/**
 * A report in words: titles, figures, tables and charts in one language, before any format. PDF and PPTX write down exactly this; XLSX adds formulas around the same
 * figures. A figure carries its value and the one text it is shown as, so that no format can round it in its own way.
 */
import type { Language } from '#app/platform/i18n/languages.ts';

export type Figure = {
  /** Stable name, also of the defined name in the workbook. */
  id: string;
  label: string;
  /** Null: does not exist or is not known; `basis` then says why. */
  value: number | null;
  text: string;
  basis: string;
  tone: Tone;
};

/** Whether a figure is to be read as gain or loss; always beside a sign. */
export type Tone = 'gain' | 'loss' | 'plain';

export type Series = { name: string; values: (number | null)[]; role: 'main' | 'second' | 'third' | 'gain' | 'loss' };

export type Chart = {
  /** `line`: over an ordered axis. `columns`: upright. `bars`: lying, one category a row. */
  kind: 'line' | 'columns' | 'bars';
  /** Said to readers who do not see the picture. */
  alt: string;
  categories: string[];
  categoryTitle: string;
  valueTitle: string;
  series: Series[];
  /** Digits after the decimal point on the axis. */
  axisDigits: number;
  /** Where bars begin; 0 unless the base of a comparison lies elsewhere. */
  base: number;
};

/** `shade`: -4..4, how strongly the cell is coloured as loss or gain; 0 is neutral. */
export type Cell = { text: string; value: number | null; shade?: number };
export type Column = { label: string; kind: 'text' | 'number' };
export type Table = { columns: Column[]; rows: Cell[][]; caption: string };

export type Section = {
  id: string;
  /** Says the finding. */
  title: string;
  lead: string;
  chart: Chart | null;
  table: Table | null;
};

/** `dataUri`: data:<media type>;base64,<bytes>. */
export type CoverLogo = { dataUri: string; widthPx: number; heightPx: number };

/** The logo's size inside a box, its proportions kept, in the unit of the box. */
export function fitLogo({ widthPx, heightPx }: CoverLogo, box: { width: number; height: number }): { width: number; height: number } {
  const scale = Math.min(box.width / widthPx, box.height / heightPx);
  return { width: widthPx * scale, height: heightPx * scale };
}

export type ReportDocument = {
  subject: 'scenario' | 'batch' | 'plan';
  language: Language;
  title: string;
  subtitle: string;
  /** The finding of the whole report. */
  headline: string;
  /** Null: made for nobody in particular. */
  workspace: string | null;
  /** For the cover; null: the name stands alone. */
  logo: CoverLogo | null;
  preparedFor: string;
  madeAt: string;
  madeText: string;
  note: string;
  engineNote: string;
  contentsTitle: string;
  answerTitle: string;
  figures: Figure[];
  sections: Section[];
  assumptions: Section & { table: Table };
  market: Section & { table: Table };
  /** Everything, row by row; made when asked for, because a workbook has no use for a second copy of its rows. */
  listAnnexes: () => (Section & { table: Table })[];
};

export const textCell = (text: string): Cell => ({ text, value: null });
