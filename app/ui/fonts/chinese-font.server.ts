// Who is sent a Chinese font, and which one: readers on systems that do not come with one. The files are made by the build.
import { family, label, page } from 'virtual:chinese-font';
import type { Language } from '../../platform/i18n/languages.ts';
import { toHoldPaintScript } from './hold-paint.ts';

export type FontFiles = {
  readonly stylesheetUrl: string;
  readonly fontUrls: readonly string[];
  /** Keeps the page unpainted until the font is here; `null` where only two glyphs wait for it. */
  readonly holdPaintScript: string | null;
};

/** Every release of these ships Chinese glyphs that a browser falls back to by itself (PingFang, YaHei, HarmonyOS Sans, Noto CJK). */
const SYSTEMS_WITH_CHINESE = /Windows NT|Macintosh|iPhone|iPad|Android|OpenHarmony/;

/** The font files for one response; `null` when the reader's system needs none. */
export function findChineseFont(language: Language, userAgent: string | null): FontFiles | null {
  if (SYSTEMS_WITH_CHINESE.test(userAgent ?? '')) return null;
  return language === 'zh' ? { ...page, holdPaintScript: toHoldPaintScript(family) } : { ...label, holdPaintScript: null };
}
