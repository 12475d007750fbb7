import type { Dialect } from '#collectors/cgminer/snapshot.ts';

/** A kind of machine as the simulator knows it. Figures are near those of the makers' data sheets; they are scenery, not a catalogue. */
export type SimulatedModel = {
  name: string;
  ratedThs: number;
  ratedW: number;
  boards: number;
  chipsPerBoard: number;
  fans: number;
  /** Of a fan at full speed, turns a minute. */
  fanRpm: number;
  frequencyMhz: number;
};

const S19J_PRO: SimulatedModel = {
  name: 'Antminer S19j Pro',
  ratedThs: 100,
  ratedW: 3050,
  boards: 3,
  chipsPerBoard: 126,
  fans: 4,
  fanRpm: 6600,
  frequencyMhz: 545,
};
const S19_XP: SimulatedModel = {
  name: 'Antminer S19 XP',
  ratedThs: 141,
  ratedW: 3010,
  boards: 3,
  chipsPerBoard: 110,
  fans: 4,
  fanRpm: 6600,
  frequencyMhz: 490,
};
const S21: SimulatedModel = {
  name: 'Antminer S21',
  ratedThs: 200,
  ratedW: 3500,
  boards: 3,
  chipsPerBoard: 108,
  fans: 4,
  fanRpm: 6600,
  frequencyMhz: 490,
};

/** The last Antminer whose stock firmware is a cgminer that leaves out a comma between the two records of `stats`. */
export const MISSING_COMMA_MODEL = 'Antminer S9';

export const MODELS: Readonly<Record<Dialect, readonly SimulatedModel[]>> = {
  antminer: [
    S21,
    S19_XP,
    S19J_PRO,
    {
      name: 'Antminer S19 Pro',
      ratedThs: 110,
      ratedW: 3250,
      boards: 3,
      chipsPerBoard: 114,
      fans: 4,
      fanRpm: 6600,
      frequencyMhz: 525,
    },
    {
      name: MISSING_COMMA_MODEL,
      ratedThs: 13.5,
      ratedW: 1323,
      boards: 3,
      chipsPerBoard: 63,
      fans: 2,
      fanRpm: 6000,
      frequencyMhz: 650,
    },
  ],
  whatsminer: [
    { name: 'M60S_VK30', ratedThs: 186, ratedW: 3441, boards: 3, chipsPerBoard: 82, fans: 2, fanRpm: 7200, frequencyMhz: 620 },
    { name: 'M50S_VH30', ratedThs: 126, ratedW: 3276, boards: 3, chipsPerBoard: 135, fans: 2, fanRpm: 7200, frequencyMhz: 600 },
    { name: 'M30S++_VG40', ratedThs: 112, ratedW: 3472, boards: 3, chipsPerBoard: 117, fans: 2, fanRpm: 7200, frequencyMhz: 560 },
  ],
  avalon: [
    { name: '15-194', ratedThs: 194, ratedW: 3647, boards: 3, chipsPerBoard: 160, fans: 2, fanRpm: 8400, frequencyMhz: 346 },
    { name: '1466', ratedThs: 150, ratedW: 3230, boards: 3, chipsPerBoard: 120, fans: 2, fanRpm: 7800, frequencyMhz: 420 },
  ],
  braiins: [S19J_PRO, S21],
  luxos: [
    { name: 'Antminer S19k Pro', ratedThs: 120, ratedW: 2760, boards: 3, chipsPerBoard: 77, fans: 4, fanRpm: 6600, frequencyMhz: 580 },
    S21,
  ],
  vnish: [S19_XP, S19J_PRO],
  cgminer: [{ name: 'SHA-256 ASIC', ratedThs: 60, ratedW: 2400, boards: 3, chipsPerBoard: 84, fans: 2, fanRpm: 6000, frequencyMhz: 500 }],
};
