/**
 * Reads figures out of replies with suspicion. What is absent is `null`; what is there and cannot be true is `null` too, and named in a
 * note: sentinels of 32-bit firmware, sensors at absolute zero, values no machine can have, text where a number belongs.
 */

import { textOf } from '../parsing/replies.ts';
import type { SnapshotNote } from '../snapshot.ts';

/** Units of hash rate as replies name them, and how many of each make a TH/s. */
const PER_THS = { H: 1e12, KH: 1e9, MH: 1e6, GH: 1e3, TH: 1, PH: 1e-3 } as const;
export type HashUnit = keyof typeof PER_THS;

type Range = { min: number; max: number };

/** What no single machine exceeds, with room: 12 times the largest machine announced by 2026 in hash rate, 4 times in power. */
const HASHRATE_THS: Range = { min: 0, max: 10_000 };
const POWER_W: Range = { min: 0, max: 50_000 };
/** Colder than any site and hotter than silicon survives. */
const TEMPERATURE_C: Range = { min: -40, max: 150 };
const SPEED_RPM: Range = { min: 0, max: 60_000 };
const CHIPS: Range = { min: 0, max: 5_000 };
const COUNT: Range = { min: 0, max: Number.MAX_SAFE_INTEGER };
/** Ten years. A clock set after the start makes some firmwares count from 1970. */
const UPTIME_S: Range = { min: 0, max: 315_576_000 };
/** The first block. A clock that stands before it was never set: firmwares without one count from their start. */
const FIRST_BLOCK_S = 1_230_940_800;
const CLOCK_S: Range = { min: FIRST_BLOCK_S, max: 4_102_444_800 };

/** All bits set, as unsigned and signed 32-bit numbers, and absolute zero: "no value" in firmware that has no way to say so. */
const SENTINELS = new Set([0xffff_ffff, 0x7fff_ffff, -273, -273.15]);
/** Words and signs in the place of a figure that is not there. */
const ABSENT_WORDS = new Set(['', '-', '--', 'n/a', 'na', 'null', 'none']);
const DECIMAL = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?$/i;
const MAX_NUMBER_LENGTH = 40;

const MAX_NOTES = 64;
const MAX_NOTE_VALUE = 80;

type Judged = { kind: 'value'; value: number } | { kind: 'absent' } | { kind: 'bad'; reason: SnapshotNote['reason'] };

function parseFigure(raw: unknown): Judged {
  if (raw === undefined || raw === null) return { kind: 'absent' };
  if (typeof raw === 'number') return Number.isFinite(raw) ? { kind: 'value', value: raw } : { kind: 'bad', reason: 'unreadable' };
  if (typeof raw !== 'string') return { kind: 'bad', reason: 'unreadable' };
  if (raw.length > MAX_NUMBER_LENGTH) return { kind: 'bad', reason: 'unreadable' };
  const text = raw.trim();
  if (ABSENT_WORDS.has(text.toLowerCase())) return { kind: 'absent' };
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? { kind: 'value', value } : { kind: 'bad', reason: 'unreadable' };
}

function writeDown(raw: unknown): string {
  const text = typeof raw === 'string' ? raw : (JSON.stringify(raw) ?? String(raw));
  return text.slice(0, MAX_NOTE_VALUE);
}

export type Figures = ReturnType<typeof createFigures>;

/** Readers that share one list of notes. `field` is the dotted path in the snapshot. Every reader takes what stands in the reply, of whatever type. */
export function createFigures() {
  const notes: SnapshotNote[] = [];

  const note = (field: string, raw: unknown, reason: SnapshotNote['reason']) => {
    if (notes.length < MAX_NOTES) notes.push({ field, value: writeDown(raw), reason });
  };

  const read = (field: string, raw: unknown, range: Range, unitsPerOne = 1): number | null => {
    const judged = parseFigure(raw);
    if (judged.kind === 'absent') return null;
    const isSentinel = judged.kind === 'value' && SENTINELS.has(judged.value);
    if (judged.kind === 'bad' || isSentinel) {
      note(field, raw, judged.kind === 'bad' ? judged.reason : 'sentinel');
      return null;
    }
    const value = judged.value / unitsPerOne;
    if (value >= range.min && value <= range.max) return value;
    note(field, raw, 'out-of-range');
    return null;
  };

  /** For figures whose zero means "not set": a rated hash rate or a limit of nothing. */
  const readSet = (field: string, raw: unknown, range: Range, unitsPerOne = 1): number | null =>
    read(field, raw, range, unitsPerOne) || null;

  return {
    notes: notes as readonly SnapshotNote[],
    note,
    hashrateThs: (field: string, raw: unknown, unit: HashUnit) => read(field, raw, HASHRATE_THS, PER_THS[unit]),
    ratedHashrateThs: (field: string, raw: unknown, unit: HashUnit) => readSet(field, raw, HASHRATE_THS, PER_THS[unit]),
    powerW: (field: string, raw: unknown) => read(field, raw, POWER_W),
    powerLimitW: (field: string, raw: unknown) => readSet(field, raw, POWER_W),
    temperatureC: (field: string, raw: unknown) => read(field, raw, TEMPERATURE_C),
    speedRpm: (field: string, raw: unknown) => read(field, raw, SPEED_RPM),
    chips: (field: string, raw: unknown) => read(field, raw, CHIPS),
    count: (field: string, raw: unknown) => read(field, raw, COUNT),
    uptimeS: (field: string, raw: unknown) => read(field, raw, UPTIME_S),
    clockS: (field: string, raw: unknown) => read(field, raw, CLOCK_S),

    /** The first figure that can be believed. What was not believed before it is not noted: the field has its value. */
    firstOf(attempts: readonly (() => number | null)[]): number | null {
      const notesBefore = notes.length;
      for (const attempt of attempts) {
        const value = attempt();
        if (value !== null) {
          notes.length = notesBefore;
          return value;
        }
      }
      return null;
    },

    /**
     * The hottest of several sensors, degrees Celsius. Firmware writes 0 for a sensor that is not there: when all say 0, nothing was
     * measured; one 0 among others may be a cold machine and never is the hottest of a warm one. A sensor that cannot be believed is noted and left out.
     */
    hottestC(field: string, sensors: readonly unknown[]): number | null {
      const values = sensors.map((raw) => read(field, raw, TEMPERATURE_C)).filter((value) => value !== null);
      if (values.length === 0) return null;
      if (values.some((value) => value !== 0)) return Math.max(...values);
      note(field, sensors.length === 1 ? sensors[0] : sensors, 'sentinel');
      return null;
    },

    /** Six pairs in lower case. An address of all zeros or all ones is none. */
    macAddress(field: string, raw: unknown): string | null {
      const text = textOf(raw);
      if (text === null) return null;
      const digits = text.replace(/[:.-]/g, '').toLowerCase();
      if (!/^[0-9a-f]{12}$/.test(digits)) {
        note(field, raw, 'unreadable');
        return null;
      }
      if (/^(?:0{12}|f{12})$/.test(digits)) {
        note(field, raw, 'sentinel');
        return null;
      }
      return digits.match(/../g)!.join(':');
    },
  };
}
