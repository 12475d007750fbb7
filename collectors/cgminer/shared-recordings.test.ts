/**
 * The room against what real machines sent, recorded by others. The recordings lie beside the project and are not part of it; in CI their
 * absence is a failure. Left out, because they are no answers of this API: web pages and REST or GraphQL replies (`web_*`, `gql_*`, `*.http.json`,
 * `system_info.json`, everything of `bitaxe_bm1368_v2` and `braiins_bos_25_07`), answers to commands that write (`ascset_*`), to commands that no
 * plan asks (`coin`, `check`, `estats`, `litestats`, `profiles`, `voltageget_*`, `healthchipget_*`), and other projects' parses (`*_parsed.json`).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DIALECT_ENTRIES } from './dialects.ts';
import { identify } from './identify.ts';
import { parseReply, splitJoined } from './parsing/parse-reply.ts';
import { repairJson } from './parsing/repair-json.ts';
import { isRecord, type Replies, type ReplyRecord } from './parsing/replies.ts';
import { listBrokenByMutation, withoutZeros } from './reply-mutations.ts';
import type { Dialect, MachineSnapshot } from './snapshot.ts';
import { findBrokenPromises, listLeaves } from './snapshot-promises.ts';
import { READING_COMMANDS, type ReadingCommand } from './transport/reading-commands.ts';

const shared = process.env.SHARED_DATA_DIR ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
const folder = `${shared}/miners`;
const OBSERVED_AT_MS = 1_700_000_000_000;

/** "rpc__summary.json", "stats.wire.bin", "poolsplussummaryplusstats.wire.json": a reply of this API, by its name. */
const REPLY_FILE = /^(?:rpc_{1,2})?([a-z_]+?)(?:\.wire|\.part)?\.(?:json|bin)$/;
const isReading = (name: string): name is ReadingCommand => READING_COMMANDS.some((command) => command === name);

type Recording = { file: string; commands: readonly ReadingCommand[]; bytes: Uint8Array };

function listRecordings(slug: string): readonly Recording[] {
  return readdirSync(`${folder}/${slug}`).flatMap((file) => {
    const commands = REPLY_FILE.exec(file)?.[1]?.split('plus') ?? [];
    if (commands.length === 0 || !commands.every(isReading) || slug === 'braiins_bos_25_07') return [];
    return [{ file, commands, bytes: new Uint8Array(readFileSync(`${folder}/${slug}/${file}`)) }];
  });
}

/** As `read-machine.ts` would hold them after asking. */
function understand(slug: string): Replies {
  const replies: Partial<Record<ReadingCommand, ReplyRecord>> = {};
  for (const { commands, bytes } of listRecordings(slug)) {
    const parsed = parseReply(bytes);
    if (parsed.kind !== 'reply') continue;
    const parts = commands.length > 1 ? (splitJoined(parsed.body, commands) ?? []) : [{ command: commands[0]!, reply: parsed }];
    for (const { command, reply } of parts) if (reply.kind === 'reply') replies[command] = reply.body;
  }
  return replies;
}

const snapshotOf = (replies: Replies): MachineSnapshot => DIALECT_ENTRIES[identify(replies) ?? 'cgminer'].read(replies, OBSERVED_AT_MS);

/** Dialect, hash rate (TH/s), boards, chips of all boards, fans, power (W), model; read from the recordings by eye. */
const BY_EYE: Readonly<Record<string, readonly [Dialect, number | null, number, number | null, number, number | null, string | null]>> = {
  antminer_s15_stock_2018: ['antminer', 28.45453, 4, 288, 2, null, 'Antminer S15'],
  antminer_s17_vnish_092a: ['vnish', 66.41073, 3, 144, 0, null, 'Antminer S17'],
  antminer_s19_contract: ['antminer', 88.422, 0, null, 0, null, 'Antminer S19'],
  antminer_s19pro_stock_2022: ['antminer', 110.56689, 3, 342, 4, null, 'Antminer S19 Pro'],
  antminer_s19xp_vnish_120rc1: ['vnish', 140.25858, 3, 330, 4, null, 'Antminer S19 XP'],
  antminer_s9_bos_2019: ['antminer', 13.75403, 3, 189, 2, null, 'Antminer S9'],
  antminer_s9se_stock_2019: ['antminer', 15.6566, 3, 180, 2, null, 'Antminer S9 SE'],
  antminer_z9mini_missing_comma: ['antminer', 0.01582, 3, 12, 1, null, 'Antminer Z9-Mini'],
  avalon_a1566_24102401: ['avalon', 197.49792649, 3, null, 2, 3731, 'AvalonMiner 15-194'],
  avalon_q_25052801: ['avalon', 0, 1, 160, 4, 146, 'Avalon Q'],
  braiins_bos_21_09: ['braiins', null, 0, null, 0, null, null],
  fm_antminer_l3: ['antminer', 0.50456, 4, 288, 2, null, 'Antminer L3+'],
  fm_antminer_s17: ['antminer', 54.99701, 3, 144, 4, null, 'Antminer S17 Pro'],
  fm_antminer_s19_really_cold: ['antminer', 110.78679, 3, 342, 4, null, 'Antminer S19 Pro'],
  fm_antminer_s19_sleeping: ['antminer', 0, 2, 152, 4, null, 'Antminer S19'],
  fm_antminer_s9_bad_temps: ['antminer', 13.88381, 3, 189, 2, null, 'Antminer S9'],
  fm_antminer_s9_bos: ['braiins', 14.2744253177, 3, null, 4, null, null],
  fm_antminer_s9_bosplus: ['braiins', 15.7409158427, 3, null, 4, null, null],
  fm_antminer_s9_hiveon: ['antminer', 11.7814, 3, 189, 2, null, 'Antminer S9'],
  fm_antminer_t17plus_sleeping: ['antminer', 0, 2, 0, 0, null, 'Antminer T17+'],
  fm_avalon_10xx: ['avalon', 32.24741681, 2, null, 2, null, 'Avalon 1047'],
  fm_avalon_7xx: ['avalon', 52.12628215, 10, 880, 10, null, 'Avalon 741'],
  fm_avalon_8xx: ['avalon', 38.56709438, 3, 312, 3, null, 'Avalon 841'],
  fm_whatsminer_m20s_new_firmware: ['whatsminer', 64.14377795, 3, 333, 3, 3482, null],
  fm_whatsminer_m3: ['whatsminer', 12.28681978, 3, 187, 2, null, null],
  fm_whatsminer_m30s_new_firmware: ['whatsminer', 85.03843001, 3, 468, 3, 3232, null],
  fm_whatsminer_m31s_new_firmware: ['whatsminer', 116.47200619, 3, 645, 3, 3488, null],
  fm_whatsminer_m31s_new_firmware_2: ['whatsminer', 92.76828894, 3, 315, 3, 3552, null],
  luxos_s19kpro_2025_04: ['luxos', 59.75606, 3, 231, 4, 1051, 'Antminer S19k Pro'],
  whatsminer_2018_cgminer492: ['whatsminer', 35.5235301, 0, null, 3, null, null],
  whatsminer_api_v1_20210322: ['whatsminer', 70.66811452, 3, 315, 3, 3427, null],
  whatsminer_api_v2_20230803: ['whatsminer', 124.5, 3, 405, 3, 3200, null],
};

/** Folders without one reply of this API. */
const WITHOUT_REPLIES = ['bitaxe_bm1368_v2', 'braiins_bos_25_07'];

type Expected = {
  pools: { name: string; worker: string; up: boolean; accepted: number; rejected: number; stale: number }[];
  asics: {
    temps_c: number[];
    hashrate_hs: string;
    hashrate_ideal_hs?: number;
    boards?: number;
    power_mode?: string;
    fans: { speeds: number[]; units: string };
  }[];
};
type Reading = 'hash rate' | 'rated' | 'boards' | 'fans' | 'temperatures' | 'mode' | 'pools';

const FAN_PERCENT = 'the source reads the share of full speed (FanR); we read the turns a minute';
/** Where we read on purpose what the source project does not, and why. */
const DIFFERENCES: Readonly<Record<string, Partial<Record<Reading, string>>>> = {
  fm_antminer_l3: {
    'hash rate': 'the reply says GHS and means MH/s of Scrypt, which the source knows of the model; we pass on what it says',
  },
  fm_antminer_s19_sleeping: { mode: 'the source knows it from the web page; on port 4028 the machine hashes nothing and does not say why' },
  fm_antminer_s9_bad_temps: { temperatures: 'the source passes -83 degrees on; we do not believe it and note it' },
  fm_avalon_10xx: { fans: FAN_PERCENT, temperatures: "the source takes the boards' averages (MTavg); we take the hottest chip (MTmax)" },
  fm_avalon_7xx: { fans: FAN_PERCENT },
  fm_avalon_8xx: { fans: FAN_PERCENT },
  fm_whatsminer_m31s_new_firmware_2: { fans: 'the source leaves out the outlet fan that stands at 0; we report it' },
};

const hostOf = (url: string) => url.replace(/^stratum\+tcp:\/\//, '');
const floorOf = (value: number | null) => (value === null ? null : Math.floor(value));

/** What we read in the source's own terms: its temperatures are cut to whole degrees and listed in an order of its own for each make. */
function temperaturesOf(
  snapshot: MachineSnapshot,
  listed: readonly number[],
): { ours: readonly (number | null)[]; theirs: readonly (number | undefined)[] } {
  const boards = snapshot.boards.map(({ boardTemperatureC }) => floorOf(boardTemperatureC));
  switch (snapshot.dialect) {
    case 'whatsminer': {
      // Air first where there is a sensor, then board and average of its chips; the oldest lists boards only.
      const inlet = snapshot.inletTemperatureC === null ? [] : [floorOf(snapshot.inletTemperatureC)];
      const rest = listed.slice(inlet.length);
      const theirs = rest.length === boards.length ? rest : rest.filter((_, index) => index % 2 === 0);
      return { ours: [...inlet, ...boards], theirs: [...listed.slice(0, inlet.length), ...theirs] };
    }
    case 'avalon':
      // Pairs of air and hottest chip of each module.
      return {
        ours: [snapshot.inletTemperatureC, ...snapshot.boards.map(({ chipTemperatureC }) => chipTemperatureC)],
        theirs: [Math.max(...listed.filter((_, index) => index % 2 === 0)), ...listed.filter((_, index) => index % 2 === 1)],
      };
    case 'braiins':
      return { ours: boards, theirs: listed };
    default:
      // Sensors of the boards, then of the chips, without a word which is which: the hottest of all is the chips'.
      return { ours: [snapshot.chipTemperatureC], theirs: listed.length === 0 ? [] : [Math.max(...listed)] };
  }
}

function compare(snapshot: MachineSnapshot, expected: Expected): readonly Reading[] {
  const asic = expected.asics[0]!;
  // Of these makes the source takes the average since the start for the hash rate.
  const takesAverage = ['whatsminer', 'avalon'].includes(snapshot.dialect);
  const hashrateThs = takesAverage ? snapshot.hashrateAverageThs : snapshot.hashrateThs;
  const speeds = snapshot.fans.map(({ speedRpm }) => speedRpm).filter((speed) => speed !== null);
  const temperatures = temperaturesOf(snapshot, asic.temps_c);
  const known = <T>(values: readonly T[]) => values.filter((value) => value !== null);
  const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const isMode = asic.power_mode === 'SLEEPING' ? snapshot.state === 'sleeping' : snapshot.mode?.toUpperCase() === asic.power_mode;
  const isRead: Record<Reading, boolean> = {
    'hash rate': Math.abs(hashrateThs! - Number(asic.hashrate_hs) / 1e12) <= 1e-12 * Number(asic.hashrate_hs) + 1e-12,
    rated: asic.hashrate_ideal_hs === undefined || Math.abs((snapshot.ratedHashrateThs ?? 0) - asic.hashrate_ideal_hs / 1e12) < 1e-9,
    boards: asic.boards === undefined || snapshot.boards.length === asic.boards,
    fans: isSame(speeds, asic.fans.speeds),
    temperatures: isSame(known(temperatures.ours), temperatures.theirs),
    mode: asic.power_mode === undefined || isMode,
    pools: isSame(
      snapshot.pools.map(({ url, worker, isAlive, acceptedShares, rejectedShares, staleShares }) => [
        hostOf(url),
        worker,
        isAlive,
        acceptedShares,
        rejectedShares,
        staleShares,
      ]),
      expected.pools.map(({ name, worker, up, accepted, rejected, stale }) => [name, worker, up, accepted, rejected, stale]),
    ),
  };
  return (Object.keys(isRead) as Reading[]).filter((reading) => !isRead[reading]);
}

if (!existsSync(folder)) {
  it('found no shared recordings: none was read (a failure in CI)', () => {
    console.info(`shared recordings are absent: ${folder}`);
    expect(process.env.CI).not.toBe('true');
  });
} else {
  const slugs = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const withReplies = slugs.filter((slug) => !WITHOUT_REPLIES.includes(slug));

  describe('recordings of others', () => {
    it('are all listed here', () => {
      expect(withReplies).toEqual(Object.keys(BY_EYE).sort());
      expect(WITHOUT_REPLIES.filter((slug) => listRecordings(slug).length > 0)).toEqual([]);
    });

    it('the one refusal among them is understood as a refusal, every other reply as a reply', () => {
      const others = withReplies.flatMap((slug) =>
        listRecordings(slug).flatMap(({ file, bytes }) => {
          const parsed = parseReply(bytes);
          return parsed.kind === 'reply' ? [] : [`${slug}/${file}: ${parsed.kind}, ${parsed.detail}`];
        }),
      );
      expect(others).toEqual([
        "fm_whatsminer_m30s_new_firmware/poolsplussummaryplusedevs.wire.json: denied, Missing JSON 'command' (code 24)",
      ]);
    });

    it.each(withReplies)('%s: identified, with the figures that a reader finds in it', (slug) => {
      const replies = understand(slug);
      const snapshot = snapshotOf(replies);
      const chips = snapshot.boards.map((board) => board.chips).filter((count) => count !== null);
      const [dialect, hashrateThs, boards, chipCount, fans, powerW, model] = BY_EYE[slug]!;
      expect(snapshot).toMatchObject({ dialect, powerW, model });
      if (hashrateThs === null) expect(snapshot.hashrateThs).toBeNull();
      else expect(snapshot.hashrateThs).toBeCloseTo(hashrateThs, 9);
      expect([snapshot.boards.length, snapshot.fans.length]).toEqual([boards, fans]);
      expect(chips.length === 0 ? null : chips.reduce((sum, count) => sum + count, 0)).toBe(chipCount);
      expect(findBrokenPromises(snapshot)).toEqual([]);
      expect(snapshotOf(understand(slug))).toEqual(snapshot);
    });

    it.each(
      withReplies.filter((slug) => existsSync(`${folder}/${slug}/expected.json`)),
    )('%s: as its source reads it, but where we say why not', (slug) => {
      const expected = JSON.parse(readFileSync(`${folder}/${slug}/expected.json`, 'utf8')) as Expected;
      expect(compare(snapshotOf(understand(slug)), expected)).toEqual(Object.keys(DIFFERENCES[slug] ?? {}));
    });

    it('the newer shape of Bitmain is read too', () => {
      const read = (name: string) => JSON.parse(readFileSync(`${folder}/antminer_s19_contract/${name}.json`, 'utf8')) as ReplyRecord;
      const snapshot = snapshotOf({ stats: read('web__stats') });
      expect(snapshot).toMatchObject({
        dialect: 'antminer',
        model: 'Antminer S19',
        hashrateThs: 88.422,
        hashrateAverageThs: 87.9,
        ratedHashrateThs: 95,
        uptimeS: 501_234,
        chipTemperatureC: 70,
        boardTemperatureC: 49,
      });
      expect(snapshot.boards.map(({ position, chips, hashrateThs }) => [position, chips, hashrateThs])).toEqual([
        [0, 88, 29.5],
        [1, 88, 29.6],
        [2, 88, 29.322],
      ]);
      expect(snapshot.fans.map(({ speedRpm }) => speedRpm)).toEqual([4080, 4380, 3750, 3690]);
    });

    it('of Antminers that hash every board works', () => {
      const antminers = withReplies
        .map((slug) => snapshotOf(understand(slug)))
        .filter(({ dialect, state }) => dialect === 'antminer' && state === 'hashing');
      expect(antminers.length).toBeGreaterThan(8);
      for (const { boards } of antminers) expect(boards.filter(({ isAlive }) => isAlive !== true)).toEqual([]);
    });

    it.each(withReplies)('%s: no zero is invented where the machine sent none', (slug) => {
      const zeros = listLeaves(snapshotOf(withoutZeros(understand(slug)))).filter(
        ({ path, value }) => value === 0 && !/position$|^activePool$/.test(path),
      );
      expect(zeros).toEqual([]);
    });

    it.each(withReplies)('%s: promises are kept when fields are dropped, of another type, impossible or cut', (slug) => {
      expect(listBrokenByMutation(understand(slug), snapshotOf, { seed: slug, rounds: 25 })).toEqual([]);
    });

    it('a reply cut anywhere is garbled, never half read', () => {
      for (const slug of withReplies) {
        for (const { file, bytes } of listRecordings(slug)) {
          const text = new TextDecoder().decode(bytes).trimEnd();
          const end = text.lastIndexOf('}');
          for (const at of [1, 0.1, 0.5, 0.9].map((share) => Math.floor(end * share))) {
            expect(parseReply(new TextEncoder().encode(text.slice(0, at))).kind, `${slug}/${file} cut at ${at}`).toBe('garbled');
          }
        }
      }
    });

    it('a correct reply is not changed by repair, an incorrect one is changed once', () => {
      for (const slug of withReplies) {
        for (const { bytes } of listRecordings(slug)) {
          const repaired = repairJson(new TextDecoder().decode(bytes))!;
          expect(isRecord(JSON.parse(repaired))).toBe(true);
          expect(repairJson(repaired)).toBe(repaired);
        }
      }
    });
  });
}
