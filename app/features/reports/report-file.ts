/** What a report's file is called and what it is. Pure. */
import type { Language } from '#app/platform/i18n/languages.ts';

export const REPORT_FORMATS = ['pdf', 'xlsx', 'pptx'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export const MEDIA_TYPES: Record<ReportFormat, string> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

const MAX_TITLE = 80;
/** What no file system takes, and what would end or redirect a header. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
const UNFIT = /[\u0000-\u001f\u007f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+/g;

/** The title as a name for a file, with the day it was made. */
export function toFileName(title: string, madeAt: string, format: ReportFormat): string {
  const name = [...title.replaceAll(UNFIT, ' ').replaceAll(/\s+/g, ' ').trim()]
    .slice(0, MAX_TITLE)
    .join('')
    .replace(/[. ]+$/, '');
  return `${name} ${madeAt.slice(0, 10)}.${format}`;
}

/** RFC 6266 with RFC 5987: the name in UTF-8, and before it one in plain letters for whoever cannot read that. */
export function toContentDisposition(fileName: string, format: ReportFormat, language: Language): string {
  const plain = `hashinsight-report-${language}.${format}`;
  const encoded = encodeURIComponent(fileName).replaceAll(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
