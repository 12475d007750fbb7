/**
 * How people write machine names, brought to one form: "蚂蚁 S19J-Pro 104TH/s" and "Antminer S19j Pro" compare equal.
 * Pure string work; what is found with it is decided in `find-machine.ts`.
 */
import type { Maker } from './machine.ts';

/** Words that stand for the maker or its product line, as typed in Chinese and English lists. */
export const MAKER_ALIASES: Record<Maker, readonly string[]> = {
  Bitmain: ['antminer', 'bitmain', '蚂蚁矿机', '蚂蚁', '比特大陆'],
  MicroBT: ['whatsminer', 'microbt', '神马矿机', '神马', '比特微'],
  Canaan: ['avalonminer', 'avalon made', 'avalon', 'canaan', '阿瓦隆', '嘉楠耘智', '嘉楠'],
  Bitdeer: ['sealminer', 'bitdeer', '海豹', '比特小鹿'],
  Auradine: ['teraflux', 'auradine'],
  Proto: ['proto', 'block'],
  Innosilicon: ['innosilicon', '芯动', '芯动科技'],
  Ebang: ['ebit', 'ebang', '翼比特', '亿邦'],
  Halong: ['dragonmint', 'halong mining', 'halong', '龙矿'],
  StrongU: ['strongu', '雪豹'],
  Bitfury: ['bitfury', 'tardis'],
};

/** Longest first, so that "avalonminer" is taken off before "avalon". */
const ALIASES_LONGEST_FIRST = Object.values(MAKER_ALIASES)
  .flat()
  .map((alias) => alias.replace(/\s+/g, ''))
  .sort((a, b) => b.length - a.length);

/** Spelling variants of words inside a model's name. Applied to the compact form, in this order. */
const VARIANTS: readonly (readonly [RegExp, string])[] = [
  [/plus/g, '+'],
  [/水冷版?|hydro(?:cooling)?/g, 'hyd'],
  [/浸没(?:式)?(?:液冷)?|油冷|immersion/g, 'imm'],
  [/风冷|aircooled/g, 'air'],
  // "104th/s", "104 TH" and "104t" are the same hash rate.
  [/(\d)ths?$/g, '$1t'],
  [/(\d)th(?=\D)/g, '$1t'],
];

/** Lower case, no spaces or punctuation (but "+" and "." between digits, which tell machines apart), spelling variants unified. */
export function compactName(text: string): string {
  let compact = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/th\/s/g, 'th')
    .replace(/[^\p{L}\p{N}+.]+/gu, '')
    .replace(/\.(?!\d)|(?<!\d)\./g, '');
  for (const [pattern, replacement] of VARIANTS) compact = compact.replace(pattern, replacement);
  return compact;
}

/** The model alone: "antminers21+hyd" -> "s21+hyd". An Avalon is an "A1366" with or without its A. */
export function modelOf(text: string): string {
  let model = compactName(text);
  // Maker and product line may both be written ("Canaan AvalonMiner 1366"), so take off words until none is left in front.
  let prefix: string | undefined;
  do {
    prefix = ALIASES_LONGEST_FIRST.find((alias) => model.startsWith(alias) && model.length > alias.length);
    if (prefix !== undefined) model = model.slice(prefix.length);
  } while (prefix !== undefined);
  return model.replace(/^(?:矿机|miner)/, '').replace(/^a(?=\d{3})/, '');
}

/** Maker that the text names, `null` when it names none. */
export function makerOf(text: string): Maker | null {
  const compact = compactName(text);
  for (const [maker, aliases] of Object.entries(MAKER_ALIASES) as [Maker, readonly string[]][]) {
    if (aliases.some((alias) => compact.startsWith(alias.replace(/\s+/g, '')))) return maker;
  }
  return null;
}
