/** How a report looks on paper: the house's light theme (app/ui/styles/tokens.css) in points, A4, one finding a page. Pure. */

/** Text as a CSS string: quotes, backslashes and line ends would end it, and `<` could end the style element. */
function toCssString(text: string): string {
  return `"${text.replaceAll(/["\\<>\n\r\f]/g, (character) => `\\${character.codePointAt(0)?.toString(16)} `)}"`;
}

export type ReportStyleOptions = { title: string; fontUrl: (file: string) => string };

/** Latin first, then the whole Chinese font: client names may hold any character (decision 0031 cuts the page's font down to our own texts). */
const FACES = [
  { file: 'noto-sans-sc-latin-400-normal.woff2', weight: 400 },
  { file: 'noto-sans-sc-latin-600-normal.woff2', weight: 600 },
  { file: 'noto-sans-sc-chinese-simplified-400-normal.woff2', weight: 400 },
  { file: 'noto-sans-sc-chinese-simplified-600-normal.woff2', weight: 600 },
] as const;
export const FONT_FILES: readonly string[] = FACES.map(({ file }) => file);

const LATIN = 'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215';

export function toReportStyle({ title, fontUrl }: ReportStyleOptions): string {
  const faces = FACES.map(({ file, weight }) => {
    const range = file.includes('latin') ? `;unicode-range:${LATIN}` : '';
    return `@font-face{font-family:Report;font-weight:${weight};src:url("${fontUrl(file)}") format("woff2")${range}}`;
  });
  return `${faces.join('\n')}
@page {
  size: A4;
  margin: 18mm 18mm 20mm;
  @bottom-left { content: ${toCssString(title)}; font: 400 7.5pt Report; color: #63666c; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 400 7.5pt Report; color: #63666c; }
}
@page cover { margin: 0; @bottom-left { content: none; } @bottom-right { content: none; } }
* { box-sizing: border-box; }
html { font: 400 10.5pt/1.5 Report, sans-serif; color: #1a1b1d; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0; font-variant-numeric: tabular-nums; }
h1, h2, p, dl, dd, ol { margin: 0; padding: 0; }
h1 { font-size: 27pt; line-height: 1.25; font-weight: 600; letter-spacing: -0.01em; }
h2 { text-wrap: balance; font-size: 17pt; line-height: 1.35; font-weight: 600; break-after: avoid; }
.cover { page: cover; height: 296mm; padding: 34mm 24mm 24mm; display: flex; flex-direction: column; background: #f6f6f4; border-top: 6mm solid #f0a41c; }
.mark { width: 17mm; height: 17mm; border-radius: 3mm; background: #1a1b1d; color: #fff; font-size: 17pt; font-weight: 600; display: flex; align-items: center; justify-content: center; }
.logo { display: block; width: 70mm; height: 20mm; object-fit: contain; object-position: left center; }
.owner { margin: 5mm 0 42mm; font-size: 12pt; color: #4d5056; }
.finding { margin-top: 7mm; font-size: 14pt; line-height: 1.45; color: #8f5600; max-width: 145mm; }
.about { margin-top: 5mm; color: #4d5056; }
.imprint { margin-top: auto; color: #63666c; font-size: 8.5pt; }
.contents { break-before: page; }
.contents h2 { margin-bottom: 7mm; }
.contents ol { list-style: none; }
.contents li { break-inside: avoid; }
.contents a { display: flex; align-items: baseline; gap: 2mm; padding: 1.7mm 0; color: inherit; text-decoration: none; border-bottom: 0.2mm solid #e1e1dc; }
.contents .dots { flex: 1; }
.contents .number { color: #63666c; }
.fine { margin-top: 5mm; font-size: 8pt; color: #63666c; max-width: 150mm; }
.part { break-before: page; }
.amount { white-space: nowrap; }
.lead { margin: 2mm 0 6mm; color: #4d5056; max-width: 160mm; }
.figures { display: grid; grid-template-columns: 1fr 1fr; border-top: 0.3mm solid #1a1b1d; }
.figures > div { padding: 4.5mm 5mm 4.5mm 0; border-bottom: 0.2mm solid #e1e1dc; break-inside: avoid; }
.figures dt { font-size: 9.5pt; color: #4d5056; }
.figures .value { font-size: 18pt; line-height: 1.35; font-weight: 600; }
.figures > div:first-child { grid-column: 1 / -1; }
.figures > div:first-child .value { font-size: 30pt; }
.figures .basis { font-size: 8.5pt; color: #63666c; }
.gain { color: #00694c; }
.loss { color: #b03a1a; }
table { width: 100%; border-collapse: collapse; font-size: 9.5pt; line-height: 1.45; }
thead { display: table-header-group; }
th { text-align: left; font-weight: 600; color: #4d5056; padding: 1.6mm 2mm; border-bottom: 0.3mm solid #1a1b1d; vertical-align: bottom; }
td { padding: 2mm 2mm; border-bottom: 0.2mm solid #e1e1dc; overflow-wrap: anywhere; }
tr { break-inside: avoid; }
.part:not(.annex) td:first-child { white-space: nowrap; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 1mm; }
.n { text-align: right; white-space: nowrap; }
th.n { white-space: normal; }
td.l4 { background: #de8160; } td.l3 { background: #eeaa92; } td.l2 { background: #f6cfc0; } td.l1 { background: #fbe9e2; }
td.g4 { background: #5db093; } td.g3 { background: #94cbb6; } td.g2 { background: #c3e2d6; } td.g1 { background: #e4f1ec; }
.annex table { font-size: 7.2pt; line-height: 1.3; }
.annex td { padding: 0.55mm 1.2mm; }
.annex td:not(.n) { max-width: 34mm; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.annex th { padding: 1mm 1.2mm; }
.chart { display: block; width: 100%; margin-bottom: 6mm; font-size: 11px; }
.chart text { fill: #4d5056; font-family: Report; }
.chart .title { fill: #63666c; font-size: 10px; }
.chart .grid line { stroke: #e6e6e1; }
.chart .zero line, .chart .base { stroke: #85857e; }
.chart .line { fill: none; stroke-width: 2.2; stroke-linejoin: round; }
.chart .line.main { stroke: #1a62a8; } .chart .line.second { stroke: #b5541a; } .chart .line.third { stroke: #85857e; } .chart .line.gain { stroke: #007a63; } .chart .line.loss { stroke: #b03a1a; }
.chart .bar.main { fill: #1a62a8; } .chart .bar.second { fill: #b5541a; } .chart .bar.third { fill: #85857e; } .chart .bar.gain { fill: #007a63; } .chart .bar.loss { fill: #b03a1a; }
`;
}
