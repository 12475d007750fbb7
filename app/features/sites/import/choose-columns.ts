// Several columns of a list may be called what one field is called. Which of them is it? Pure.
import type { ImportField } from './import-words.ts';

/** From the best word of a field to the worst, by what its compact header holds; a header that none of them fits comes after all. */
const BEST_FIRST: Partial<Record<ImportField, readonly RegExp[]>> = {
  // A number printed on the machine before one that a list gave it.
  serial: [/serial|序列|机身|^(?:miner|machine|机器|矿机)?sn(?:码|号)?$/, /asset|资产/],
  // Every Antminer calls itself "Antminer" until somebody names it.
  host: [/ip/, /host|主机/],
};

/** What a machine does now or did lately is not what it is rated for. */
const MEASURED =
  /\d+(?:s|m|min|h)(?:ths|ghs|w|kw)?$|^(?:5s|1m|5m|15m|24h)|avg|average|mean|current|actual|realtime|live|now|实时|平均|当前|实际|日均/;
/** Columns that only a reading of a running machine fills: a bare "Hashrate" beside them is one as well. */
const READINGS = /temp|uptime|elapsed|fan(?:speed|rpm)?\d*$|rejected|accepted|lastseen|hwerror|温度|运行时长|运行时间|在线时长|风扇|拒绝/;
const FIGURE = /hash|算力|power|watt|功率|功耗/;
const RATED = /rated|nominal|nameplate|theoretical|额定|标称|理论/;

export type Candidate = { column: number; compact: string; field: ImportField };

/** Does the header speak of a reading of hash rate or power, so that it is no rated figure? `headers`: all of the list, compact. */
export function isMeasured(compact: string, headers: readonly string[]): boolean {
  if (!FIGURE.test(compact) || RATED.test(compact)) return false;
  return MEASURED.test(compact) || headers.some((header) => READINGS.test(header));
}

/** Of each field the column that says it best, the first of several that say it alike. */
export function chooseColumns(candidates: readonly Candidate[]): Map<ImportField, number> {
  const chosen = new Map<ImportField, { column: number; rank: number }>();
  for (const { column, compact, field } of candidates) {
    const words = BEST_FIRST[field] ?? [];
    const at = words.findIndex((word) => word.test(compact));
    const rank = at < 0 ? words.length : at;
    const best = chosen.get(field);
    if (best === undefined || rank < best.rank) chosen.set(field, { column, rank });
  }
  return new Map([...chosen].map(([field, { column }]) => [field, column]));
}
