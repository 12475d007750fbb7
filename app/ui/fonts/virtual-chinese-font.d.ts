declare module 'virtual:chinese-font' {
  type BuiltFont = { readonly stylesheetUrl: string; readonly fontUrls: readonly string[] };
  /** The name the stylesheets declare. */
  export const family: string;
  /** Every glyph of the Chinese texts, in two weights. */
  export const page: BuiltFont;
  /** The two glyphs of the link that leads from other languages to Chinese. */
  export const label: BuiltFont;
}
