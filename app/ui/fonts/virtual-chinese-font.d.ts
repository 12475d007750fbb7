declare module 'virtual:chinese-font' {
  import type { FontFiles } from './chinese-font.server.ts';
  /** Every glyph of the Chinese texts, in two weights. */
  export const page: FontFiles;
  /** The two glyphs of the link that leads from other languages to Chinese. */
  export const label: FontFiles;
}
