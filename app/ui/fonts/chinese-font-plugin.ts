// Vite plugin: cuts Noto Sans SC down to the glyphs that occur in locales/zh, and gives the application their addresses as
// `virtual:chinese-font`. The whole font is 2.3 MB in two weights; a page of ours needs a few hundred glyphs.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import subsetFont from 'subset-font';
import type { Plugin } from 'vite';

/** As in the font stack of tokens.css, where it comes first: Chromium leaves boxes in texts that needed a font further back before it was here. */
const FAMILY = 'HashInsight SC';

/** Radicals to ideographs, and the full-width forms: everything else is left to the system's font, as on the systems that bring Chinese glyphs. */
const UNICODE_RANGE = 'U+2E80-9FFF,U+F900-FAFF,U+FF00-FFEF';
const OUTSIDE_RANGE = /[^\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/g;

/** One file serves the weights around it, so that nothing is emboldened artificially. */
const FACES = [
  { file: 'noto-sans-sc-chinese-simplified-400-normal.woff2', weights: '100 500', name: 'regular' },
  { file: 'noto-sans-sc-chinese-simplified-600-normal.woff2', weights: '501 900', name: 'strong' },
] as const;

const PUNCTUATION = '，。、；：？！（）《》〈〉【】「」－～％＋￥';
/** What Intl writes into Chinese dates and numbers. */
const DATES_AND_NUMBERS = '年月日时分秒点上下午凌晨早中晚周星期一二三四五六七八九十零百千万亿前后今昨明天刚才个小钟';
const LABEL = '中文';

const MODULE_ID = 'virtual:chinese-font';
const RESOLVED_ID = `\0${MODULE_ID}`;

type Asset = { fileName: string; source: Buffer | string };
type Built = { assets: Asset[]; module: string };

async function listGlyphs(localesFolder: string): Promise<string> {
  const files = (await readdir(localesFolder)).filter((file) => file.endsWith('.json')).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(localesFolder, file), 'utf8')));
  return [...new Set([...texts, PUNCTUATION, DATES_AND_NUMBERS, LABEL].join('').replace(OUTSIDE_RANGE, ''))].sort().join('');
}

function hashedName(stem: string, extension: string, content: Buffer | string): string {
  return `assets/${stem}-${createHash('sha256').update(content).digest('hex').slice(0, 8)}.${extension}`;
}

async function buildFontSet(stem: string, glyphs: string, faces: readonly (typeof FACES)[number][]): Promise<Asset[]> {
  const require = createRequire(import.meta.url);
  const fonts: Asset[] = [];
  const rules: string[] = [];
  for (const face of faces) {
    const whole = await readFile(require.resolve(`@fontsource/noto-sans-sc/files/${face.file}`));
    const source = await subsetFont(whole, glyphs, { targetFormat: 'woff2' });
    const fileName = hashedName(`${stem}-${face.name}`, 'woff2', source);
    fonts.push({ fileName, source });
    rules.push(
      `@font-face{font-family:"${FAMILY}";font-style:normal;font-weight:${face.weights};font-display:swap;unicode-range:${UNICODE_RANGE};src:url("/${fileName}") format("woff2")}`,
    );
  }
  const css = `${rules.join('\n')}\n`;
  return [{ fileName: hashedName(stem, 'css', css), source: css }, ...fonts];
}

async function build(localesFolder: string): Promise<Built> {
  const page = await buildFontSet('chinese', await listGlyphs(localesFolder), FACES);
  const label = await buildFontSet('chinese-label', LABEL, FACES.slice(0, 1));
  const toModule = (name: string, [css, ...fonts]: Asset[]) =>
    `export const ${name} = ${JSON.stringify({ stylesheetUrl: `/${css?.fileName}`, fontUrls: fonts.map((font) => `/${font.fileName}`) })};`;
  return {
    assets: [...page, ...label],
    module: `export const family = ${JSON.stringify(FAMILY)};\n${toModule('page', page)}\n${toModule('label', label)}\n`,
  };
}

export function chineseFont(): Plugin {
  let localesFolder = '';
  let built: Promise<Built> | null = null;
  const getBuilt = () => {
    built ??= build(localesFolder);
    return built;
  };
  return {
    name: 'chinese-font',
    configResolved(config) {
      localesFolder = join(config.root, 'locales', 'zh');
    },
    resolveId(id) {
      return id === MODULE_ID ? RESOLVED_ID : null;
    },
    async load(id) {
      return id === RESOLVED_ID ? (await getBuilt()).module : null;
    },
    // The names come from the content, so the server build, which emits nothing, knows the same ones.
    async generateBundle(options) {
      if (this.environment.config.build.ssr || options.dir === undefined) return;
      for (const asset of (await getBuilt()).assets) this.emitFile({ type: 'asset', ...asset });
    },
    configureServer(server) {
      server.middlewares.use(async (request, response, next) => {
        const asset = request.url?.startsWith('/assets/')
          ? (await getBuilt()).assets.find(({ fileName }) => request.url === `/${fileName}`)
          : undefined;
        if (!asset) return next();
        response.setHeader('Content-Type', asset.fileName.endsWith('.css') ? 'text/css' : 'font/woff2');
        response.end(asset.source);
      });
    },
  };
}
