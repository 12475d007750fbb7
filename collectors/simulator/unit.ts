import type { Dialect } from '#collectors/cgminer/snapshot.ts';
import { draw, drawNormal, mix } from './draw.ts';
import { MODELS, type SimulatedModel } from './models.ts';

/** What of one machine never changes: drawn from the farm's seed and the machine's number. */
export type SimulatedUnit = {
  index: number;
  /** Key of everything that is drawn for this machine. */
  seed: number;
  dialect: Dialect;
  model: SimulatedModel;
  /** Its true hash rate over the rated one: no two pieces of silicon are equal. */
  speedRatio: number;
  /** Its true power over the rated one. */
  powerRatio: number;
  /** Its place in the hall, warmer or colder than the hall's mean, °C. */
  placeC: number;
  /** Difficulty that the pool set for its shares. */
  shareDifficulty: number;
  /** Share of shares that the pool turns down. */
  rejectRatio: number;
  /** Errors of its chips per share. */
  errorsPerShare: number;
  /** Usual time to answer, ms. */
  latencyMs: number;
  macAddress: string;
  serial: string;
  worker: string;
};

const SHARE_DIFFICULTIES = [65_536, 131_072, 262_144, 524_288] as const;

/** Channels of drawing: one for each figure, so that a new figure leaves the others as they were. */
const CHANNEL = { model: 1, speed: 2, power: 3, place: 4, difficulty: 5, rejects: 6, errors: 7, latency: 8, mac: 9, serial: 10 } as const;

export function drawUnit(farmSeed: number, index: number, dialects: readonly Dialect[]): SimulatedUnit {
  const seed = mix(farmSeed, 0x11, index);
  const dialect = dialects[index % dialects.length]!;
  const models = MODELS[dialect];
  const model = models[Math.floor(draw(seed, CHANNEL.model) * models.length)]!;
  const isSmall = model.ratedThs < 30;
  const mac = [mix(seed, CHANNEL.mac) & 0xff, mix(seed, CHANNEL.mac, 1) & 0xff, (index >> 16) & 0xff, (index >> 8) & 0xff, index & 0xff];
  return {
    index,
    seed,
    dialect,
    model,
    speedRatio: 1 + 0.012 * clip(drawNormal(seed, CHANNEL.speed)),
    powerRatio: 1 + 0.02 * clip(drawNormal(seed, CHANNEL.power)),
    placeC: 1.5 * clip(drawNormal(seed, CHANNEL.place)),
    shareDifficulty: isSmall ? 32_768 : SHARE_DIFFICULTIES[Math.floor(draw(seed, CHANNEL.difficulty) * SHARE_DIFFICULTIES.length)]!,
    rejectRatio: 0.0008 * Math.exp(0.6 * clip(drawNormal(seed, CHANNEL.rejects))),
    errorsPerShare: 0.02 * Math.exp(drawNormal(seed, CHANNEL.errors)),
    latencyMs: 12 * Math.exp(0.5 * clip(drawNormal(seed, CHANNEL.latency))),
    // 02: addresses that were given locally, so that none is a maker's.
    macAddress: ['02', ...mac.map((byte) => byte.toString(16).padStart(2, '0'))].join(':'),
    serial: `SIM${mix(seed, CHANNEL.serial).toString(36).toUpperCase().padStart(7, '0')}${index.toString(36).toUpperCase().padStart(4, '0')}`,
    worker: `demofarm.${String(index + 1).padStart(5, '0')}`,
  };
}

/** Nobody ships a machine that is more than two and a half standard deviations off. */
function clip(normal: number): number {
  return Math.min(2.5, Math.max(-2.5, normal));
}
