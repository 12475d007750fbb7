/**
 * One SHA-256 machine of the catalogue, and the one place where its derived fields are computed: slug, efficiency, key of the
 * doubt text. The figures themselves stand in `machines-*.ts`, one file per maker (decision 0012 says how they were chosen).
 */

export const MAKERS = [
  'Bitmain',
  'MicroBT',
  'Canaan',
  'Bitdeer',
  'Auradine',
  'Proto',
  'Innosilicon',
  'Ebang',
  'Halong',
  'StrongU',
  'Bitfury',
] as const;
export type Maker = (typeof MAKERS)[number];

export const COOLINGS = ['air', 'hydro', 'immersion'] as const;
export type Cooling = (typeof COOLINGS)[number];

export type Machine = {
  name: string;
  /** Lower-case letters, digits and dashes, for addresses: "antminer-s21-plus-hyd". */
  slug: string;
  maker: Maker;
  /** Rated hash rate, TH/s. */
  hashrateThs: number;
  /** Rated power at the wall, W. */
  powerW: number;
  /** `powerW / hashrateThs`, J/TH; never a figure of its own. */
  efficiencyJPerTh: number;
  /** First sold or announced, 'YYYY-MM' or 'YYYY'; `null`: no source says. */
  releasedAt: string | null;
  cooling: Cooling;
  /** Where the figures come from, in words. */
  source: string;
  /** Key of a text in catalogue.json that shows the conflicting figures; `null`: the sources agree. */
  doubt: string | null;
};

/** A row of a maker's table. `doubtful` rows have a text under `doubt.<slug>` in every language. */
export type MachineRow = {
  name: string;
  hashrateThs: number;
  powerW: number;
  releasedAt: string | null;
  cooling: Cooling;
  source: string;
  doubtful: boolean;
};

/** Short form of the tables: what the columns are is said once, here. */
export function row(
  name: string,
  hashrateThs: number,
  powerW: number,
  releasedAt: string | null,
  source: string,
  options: { cooling?: Cooling; doubtful?: boolean } = {},
): MachineRow {
  return { name, hashrateThs, powerW, releasedAt, source, cooling: options.cooling ?? 'air', doubtful: options.doubtful === true };
}

/** "Antminer S21+ Hyd (358T)" -> "antminer-s21-plus-hyd-358t". */
function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('+', '-plus')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

export function toMachine(maker: Maker, { name, hashrateThs, powerW, releasedAt, cooling, source, doubtful }: MachineRow): Machine {
  const slug = slugOf(name);
  return {
    name,
    slug,
    maker,
    hashrateThs,
    powerW,
    efficiencyJPerTh: powerW / hashrateThs,
    releasedAt,
    cooling,
    source,
    doubt: doubtful ? `doubt.${slug}` : null,
  };
}
