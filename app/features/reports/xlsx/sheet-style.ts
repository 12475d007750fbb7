/** How the workbook looks: the house's colours in Excel's terms, number formats, print set-up. */
import type { Fill, Font, Style, Worksheet } from 'exceljs';
import type { Language } from '#app/platform/i18n/languages.ts';

/** ARGB of the house's tokens for paper (app/ui/styles/tokens.css, light). */
export const INK = 'FF1A1B1D';
export const INK_QUIET = 'FF63666C';
export const LINE = 'FFE1E1DC';
export const SUNKEN = 'FFEFEFEC';
const ACCENT_PALE = 'FFFDF0D5';
const GAIN_PALE = 'FFC3E2D6';
const LOSS_PALE = 'FFF6CFC0';
const GAIN = 'FF00694C';
const LOSS = 'FFB03A1A';

export const NUMBER_FORMATS = {
  usd: '#,##0.00;[Red]-#,##0.00',
  usdWhole: '#,##0;[Red]-#,##0',
  powerPrice: '0.0000',
  btc: '0.00000000',
  hashprice: '0.000000000000',
  percent: '0.00%',
  finePercent: '0.0000%',
  whole: '#,##0',
  one: '#,##0.0',
  two: '#,##0.00',
  general: 'General',
} as const;
export type NumberFormat = keyof typeof NUMBER_FORMATS;

export const fillOf = (argb: string): Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } });

/** A font that every Excel of these readers has. */
export function fontOf(language: Language, extra: Partial<Font> = {}): Partial<Font> {
  return { name: language === 'zh' ? 'Microsoft YaHei' : 'Calibri', size: 11, color: { argb: INK }, ...extra };
}

export const INPUT_FILL = fillOf(ACCENT_PALE);
export const HEADER_FILL = fillOf(SUNKEN);

/** Above zero green, below zero red, by rule: they follow the formulas. */
export function colourBySign(sheet: Worksheet, ref: string): void {
  const style = (fill: string, font: string): Partial<Style> => ({
    fill: { type: 'pattern', pattern: 'solid', bgColor: { argb: fill } },
    font: { color: { argb: font } },
  });
  sheet.addConditionalFormatting({
    ref,
    rules: [
      { type: 'cellIs', operator: 'lessThan', priority: 1, formulae: [0], style: style(LOSS_PALE, LOSS) },
      { type: 'cellIs', operator: 'greaterThan', priority: 2, formulae: [0], style: style(GAIN_PALE, GAIN) },
    ],
  });
}

/** A4, as wide as the page, header row again on each page, page numbers below. */
export function pageSetup(orientation: 'portrait' | 'landscape', title: string, headerRow: number | null) {
  return {
    pageSetup: {
      paperSize: 9,
      orientation,
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
      ...(headerRow === null ? {} : { printTitlesRow: `${headerRow}:${headerRow}` }),
    },
    // Ampersands begin a code in headers and footers.
    headerFooter: { oddFooter: `&L${title.replaceAll('&', '&&')}&R&P / &N` },
  };
}
