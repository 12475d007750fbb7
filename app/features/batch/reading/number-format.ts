/**
 * What a number format shows beside the digits (ECMA-376 part 1, 18.8.31): a currency or a unit that stands in no cell and no header. A list in
 * yuan often says so nowhere else, so the figure is given back as a person sees it.
 */

export type NumberFormat =
  | 'plain'
  | 'percent'
  | 'date'
  /** Texts around the figure, which is shown divided by `over`. */
  | { before: string; after: string; over: number };

/** Built-in formats that are dates or times, East Asian ones included (ECMA-376 part 1, 18.8.30). */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/** Excel's bound; a longer one would only cost time. */
const MAX_FORMAT_LENGTH = 255;
const THOUSAND = 1000;

/** Countries whose "$" is the dollar of the United States, and whose "¥" is the yuan, as codes of [MS-LCID] and as names. */
const US_LOCALE = /^(?:0*409|en-us|0*540a|es-us)?$/i;
const CHINESE_LOCALE = /^(?:0*804|zh-.*|0*1?0?0?478)?$/i;

/** "[$¥-804]": the sign, said so that another country's is not taken for ours. */
function toCurrency(inner: string): string {
  const [, sign = '', locale = ''] = /^\$([^-\]]*)-?(.*)$/.exec(inner) ?? [];
  if (sign === '$' && !US_LOCALE.test(locale)) return `${locale} $`;
  if (/^[¥￥]$/.test(sign) && !CHINESE_LOCALE.test(locale)) return `${locale} ¥`;
  return sign;
}

/** One token of a format code: quoted text, escaped character, space or fill of a character's width, brackets, anything else. */
const TOKENS = /"([^"]*)"|\\(.)|[_*].|\[([^\]]*)\]|(general)|(.)/giu;
const PLACEHOLDER = /[0#?]/;
/** Characters shown as they stand that say something of a figure. */
const SHOWN = /[$€£¥￥₽₩¢\p{Script=Han}]/u;

function readAffixes(code: string): NumberFormat {
  const text = { before: '', after: '' };
  let hasDigits = false;
  let over = 1;
  for (const [, quoted, escaped, bracket, general, other] of code.matchAll(TOKENS)) {
    const shown = quoted ?? escaped ?? (bracket?.startsWith('$') === true ? toCurrency(bracket) : undefined);
    // Which section holds depends on the value: the figure alone is safe.
    if (bracket !== undefined && /^[<>=]/.test(bracket)) return 'plain';
    // What follows is for negative figures, zeros and texts.
    if (other === ';') break;
    if (general !== undefined || (other !== undefined && PLACEHOLDER.test(other))) {
      hasDigits = true;
      over = 1;
    } else if (other === ',' && hasDigits) over *= THOUSAND;
    else if (shown !== undefined || (other !== undefined && SHOWN.test(other))) text[hasDigits ? 'after' : 'before'] += shown ?? other;
  }
  const strip = (shown: string) => shown.trim().replace(/^[-+()\s]+$/, '');
  const before = strip(text.before);
  const after = strip(text.after);
  return before === '' && after === '' && over === 1 ? 'plain' : { before, after, over };
}

export function toNumberFormat(id: number, code: string | undefined): NumberFormat {
  if (code === undefined) {
    if (id === 9 || id === 10) return 'percent';
    return isBuiltInDate(id) ? 'date' : 'plain';
  }
  const short = code.slice(0, MAX_FORMAT_LENGTH);
  // Quoted texts, escaped characters, colours and locales hold letters that mean nothing.
  const bare = short.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').toLowerCase();
  if (bare.includes('%')) return 'percent';
  if (/[ymdhs]/.test(bare.replace('general', ''))) return 'date';
  return readAffixes(short);
}
