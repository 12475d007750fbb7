// Which font each Chinese text of a page is really drawn with, asked of the browser: an empty box is a glyph of a font without Chinese.
import type { Page } from 'puppeteer';

const TEXT_NODE = 3;
const CHINESE = /[\u4e00-\u9fff]/g;

/** Shown texts with Chinese glyphs, each with how many of them do not come from a font that the page brought. */
export async function listChineseTexts(page: Page): Promise<{ text: string; foreignGlyphs: number }[]> {
  const devtools = await page.createCDPSession();
  await devtools.send('DOM.enable');
  await devtools.send('CSS.enable');
  const { nodes } = await devtools.send('DOM.getFlattenedDocument', { depth: -1 });
  const texts: { text: string; foreignGlyphs: number }[] = [];
  for (const { nodeId, nodeType, nodeValue } of nodes) {
    const glyphs = nodeType === TEXT_NODE ? (nodeValue.match(CHINESE)?.length ?? 0) : 0;
    if (glyphs === 0) continue;
    const { fonts } = await devtools.send('CSS.getPlatformFontsForNode', { nodeId });
    // Texts that are not laid out (title, closed parts) are drawn with no font.
    if (fonts.length === 0) continue;
    const own = fonts.filter((font) => font.isCustomFont).reduce((count, font) => count + font.glyphCount, 0);
    texts.push({ text: nodeValue.trim(), foreignGlyphs: Math.max(0, glyphs - own) });
  }
  await devtools.detach();
  return texts;
}
