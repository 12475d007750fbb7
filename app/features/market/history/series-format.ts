/**
 * Reads the project's own formats for series of facts (docs/decisions/0011-history-format.md). Pure: text in, numbers out.
 * `derive.mjs` writes them; a test compares both with the tables they came from.
 */

/** A regular series: value i belongs to `startAt + i * stepS`. */
export type SeriesFile = {
  format: string;
  name: string;
  unit: string;
  meaning: string;
  source: string;
  /** The file counts whole parts: 100 for cents. */
  unitsPerWhole: number;
  startAt: string;
  stepS: number;
  count: number;
  /** Lines of base-36 differences, the first from 0. */
  deltas: readonly string[];
};

export type Series = {
  name: string;
  unit: string;
  meaning: string;
  source: string;
  startAtMs: number;
  stepS: number;
  values: Float64Array;
};

/** Thrown when a file is not what this code reads; the file and the code were not made for each other. */
export class SeriesFormatError extends Error {
  override readonly name = 'SeriesFormatError';
}

const SERIES_FORMAT = 'hashinsight-series/1';
const DIGITS = /^-?[0-9a-z]+$/;

/** Decodes in one pass, O(count). Sums are of whole numbers below 2^53, so nothing is lost on the way. */
export function decodeSeries(file: SeriesFile): Series {
  if (file.format !== SERIES_FORMAT) throw new SeriesFormatError(`${file.name}: format ${file.format}, expected ${SERIES_FORMAT}`);
  const startAtMs = Date.parse(file.startAt);
  if (Number.isNaN(startAtMs)) throw new SeriesFormatError(`${file.name}: startAt ${file.startAt}`);
  const words = file.deltas.flatMap((line) => line.split(' '));
  if (words.length !== file.count) throw new SeriesFormatError(`${file.name}: ${words.length} values, ${file.count} announced`);
  const values = new Float64Array(file.count);
  let units = 0;
  words.forEach((word, i) => {
    if (!DIGITS.test(word)) throw new SeriesFormatError(`${file.name}: value ${i} is "${word}"`);
    units += Number.parseInt(word, 36);
    values[i] = units / file.unitsPerWhole;
  });
  const { name, unit, meaning, source, stepS } = file;
  return { name, unit, meaning, source, startAtMs, stepS, values };
}

/** Value of the step that holds the instant; `null` outside the series. */
export function valueAt(series: Series, instantMs: number): number | null {
  const index = Math.floor((instantMs - series.startAtMs) / (series.stepS * 1000));
  return series.values[index] ?? null;
}

const NBITS = /^[0-9a-f]{8}$/;
/** Bytes of the difficulty-1 target's exponent, from its compact form 1d00ffff. Bitcoin consensus. */
const DIFFICULTY_ONE_EXPONENT = 0x1d;
const DIFFICULTY_ONE_MANTISSA = 0xffff;

/**
 * Difficulty of a compact target: `0xffff * 256^(0x1d - exponent) / mantissa`, nBits = exponent (1 byte) and mantissa (3 bytes).
 * Bitcoin consensus (SetCompact, GetDifficulty). Powers of 256 are exact in a double, so the result is rounded once.
 */
export function difficultyOfNBits(nBitsHex: string): number {
  const exponent = Number.parseInt(nBitsHex.slice(0, 2), 16);
  const mantissa = Number.parseInt(nBitsHex.slice(2), 16);
  if (!NBITS.test(nBitsHex) || mantissa === 0) throw new SeriesFormatError(`nBits "${nBitsHex}"`);
  return (DIFFICULTY_ONE_MANTISSA * 256 ** (DIFFICULTY_ONE_EXPONENT - exponent)) / mantissa;
}
