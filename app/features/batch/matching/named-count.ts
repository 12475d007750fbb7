/**
 * How many machines a model's name says it stands for: "10x S21", "S21 Pro × 12", "10 台 S21", "S21（5台）". Only behind or before a name that goes on without it,
 * and only with a sign or a word for pieces: the numbers of names themselves ("T21 190T", "X5") are never one.
 */

/** `name`: the text less the quantity. */
export type NamedCount = { count: number; name: string };

const FIGURE = String.raw`(?<count>[1-9]\d{0,2}(?:[,.' ]\d{3})+|[1-9]\d{0,6})`;
/** The last is the Cyrillic letter, which looks the same. */
const TIMES = '[x×*✕✖х]';
const PIECES = String.raw`(?:台|件|套|个|部|(?:pcs?|pieces?|units?|sets?|шт|stk|stück)(?!\p{L})\.?)`;

const LEADING = [
  new RegExp(String.raw`^\(?${FIGURE}\s*(?:${PIECES}\s*)?${TIMES}\)?\s*(?<name>[\p{L}(].*)$`, 'iu'),
  new RegExp(String.raw`^\(?${FIGURE}\s*${PIECES}\)?\s*(?:of\s+)?(?<name>.*)$`, 'iu'),
];
const TRAILING = [
  // "Prox12" may be a name; "Pro x12", "Pro*12" and "S21x12" are not.
  new RegExp(String.raw`^(?<name>.*?)[\s\-–,，:：]*\(?\s*(?:[×*✕✖]|(?<!\p{L})[xх])\s*${FIGURE}\s*(?:${PIECES})?\s*\)?$`, 'iu'),
  new RegExp(String.raw`^(?<name>.*?)[\s\-–,，:：(]*(?<![\p{L}\p{N}.+])(?:共\s*)?${FIGURE}\s*(?:${PIECES}|${TIMES})\s*\)?$`, 'iu'),
];
/** "S19, 3 hash boards": parts of one machine are counted, not machines. */
const PARTS = /(?<!\p{L})(?:(?:hash\s*)?boards?|psus?|fans?|chips?|cables?)(?!\p{L})|算力板|控制板|电源|风扇|芯片/iu;
/** Longer texts are remarks. */
const MAX_LENGTH = 80;

function read(pattern: RegExp, text: string): NamedCount | null {
  const { count, name = '' } = pattern.exec(text)?.groups ?? {};
  const rest = name.trim();
  return count === undefined || rest === '' ? null : { count: Number(count.replace(/[,.' ]/g, '')), name: rest };
}

/** `null`: the name says none. O(length²) on texts of at most 80 characters. */
export function readNamedCount(text: string): NamedCount | null {
  if (text.length > MAX_LENGTH || !/\d/.test(text)) return null;
  const plain = text.normalize('NFKC').trim();
  if (plain.length > MAX_LENGTH || PARTS.test(plain)) return null;
  for (const pattern of LEADING) {
    const found = read(pattern, plain);
    if (found !== null && /\p{L}/u.test(found.name)) return found;
  }
  for (const pattern of TRAILING) {
    const found = read(pattern, plain);
    // "Antminer X5", "Avalon 1246 pcs": without its number the name is none.
    if (found !== null && /\p{L}/u.test(found.name) && /\d/.test(found.name)) return found;
  }
  return null;
}
