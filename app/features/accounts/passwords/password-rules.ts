// Which passwords are taken (OWASP ASVS 5.0, 6.2): any characters, 10 to 128 of them, but none that an attacker tries first. No rule about digits or signs:
// such rules make passwords harder to remember and no harder to guess. Pure.

export const MIN_PASSWORD_CHARACTERS = 10;
export const MAX_PASSWORD_CHARACTERS = 128;
/** `Antminer2024!`: what is left after these belongs to the ending that everybody adds. */
const MAX_ENDING_CHARACTERS = 6;
/** Shorter words (a name of three letters) stand in too many good passwords. */
const MIN_OWN_WORD_CHARACTERS = 4;

/** The product's own words are the first guesses of whoever attacks this product. */
const OWN_WORDS = ['hashinsight', 'bitcoin', 'antminer', 'whatsminer', 'avalonminer', 'miningfarm'];

export type PasswordWeakness =
  | { kind: 'too-short'; characters: number }
  | { kind: 'too-long'; characters: number }
  /** Among the passwords that leaked most often, or one of them with an ending. */
  | { kind: 'common' }
  /** Little more than the person's own name or address, or a word of this product. */
  | { kind: 'own-word' }
  /** One or two characters again and again, or a walk along the alphabet or the digits. */
  | { kind: 'pattern' };

export type PasswordContext = { email: string; name: string; isCommon: (lowerCase: string) => boolean };

/** Code points: an emoji or a Chinese character counts as one. */
export function countCharacters(text: string): number {
  return [...text].length;
}

/** Null: taken. Nothing is cut off or replaced before it is hashed. */
export function findPasswordWeakness(password: string, { email, name, isCommon }: PasswordContext): PasswordWeakness | null {
  const characters = countCharacters(password);
  if (characters < MIN_PASSWORD_CHARACTERS) return { kind: 'too-short', characters };
  if (characters > MAX_PASSWORD_CHARACTERS) return { kind: 'too-long', characters };
  const folded = password.normalize('NFKC').toLowerCase();
  if (isPattern(folded)) return { kind: 'pattern' };
  const bare = withoutEnding(folded);
  if (isCommon(folded) || (bare !== folded && isCommon(bare))) return { kind: 'common' };
  const ownWords = [...OWN_WORDS, ...listWords(email.split('@')[0] ?? ''), ...listWords(name), email.toLowerCase()];
  return ownWords.some((word) => isLittleMoreThan(bare, word) || isLittleMoreThan(withoutSeparators(bare), word))
    ? { kind: 'own-word' }
    : null;
}

function isPattern(text: string): boolean {
  const points = [...text].map((character) => character.codePointAt(0)!);
  if (new Set(points).size <= 2) return true;
  const steps = points.slice(1).map((point, index) => point - points[index]!);
  return steps.every((step) => step === 1) || steps.every((step) => step === -1);
}

/** Digits and signs at both ends taken off, as far as there are few of them. */
function withoutEnding(text: string): string {
  const bare = text.replace(/^[\P{L}]+|[\P{L}]+$/gu, '');
  return text.length - bare.length <= MAX_ENDING_CHARACTERS ? bare : text;
}

const SEPARATORS = /[\s._+-]+/;

function withoutSeparators(text: string): string {
  return text.split(SEPARATORS).join('');
}

function listWords(text: string): string[] {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s._+-]+/);
  return [...words, words.join('')].filter((word) => word.length >= MIN_OWN_WORD_CHARACTERS);
}

/** The word, once or several times over, and nothing else. */
function isLittleMoreThan(text: string, word: string): boolean {
  return text.length > 0 && text.replaceAll(word, '').length === 0;
}
