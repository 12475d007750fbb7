/**
 * Text of a header or a line of units that stands where a unit does and is none that is known here: "EUR/kWh", "BTU/h", "kW/month". It is never
 * dropped: whoever drops it guesses another unit from the values, and a wrong unit changes every figure by a factor.
 */
import { readUnitInPlace } from './read-unit.ts';
import type { Unit } from './units.ts';

/** Words beside a figure that say which machine, when or how it was measured, and nothing about its unit. */
const REMARKS =
  /^(?:a|about|actual|all|and|approx|as|asic|at|average|avg|column|current|est|estimated|excl|excluding|fees?|field|for|freight|from|gross|in|incl|included|including|is|machine|measured|miner|min|max|model|name|nameplate|net|new|no|nominal|normal|not|of|on|one|optional|or|plug|rack|rated|real|realtime|required|rt|see|shipping|single|site|stock|tax|taxes|text|the|to|typ|typical|unit|used|vat|wall|with|without|\d+(?:s|sec|m|min|h|hr|hours?|d|days?)?)$/;
const FOR_ONE_MACHINE = /\bper\s+(?:machine|miner|unit|asic|rig)\b/gi;
const HAN_REMARKS =
  /平均|额定|标称|实际|实时|理论|墙上|墙插|单台|单机|每台|每机|矿机|机器|设备|不?含[税运费]+|税[前后]|全新|二手|必填|选填|可选|约|估算?|参考|\d+小时/g;

/** Codes and signs of currencies other than the two that are known. */
const FOREIGN_MONEY =
  /\b(?:eur|euros?|gbp|rub|rur|cad|aud|nzd|hkd|sgd|twd|ntd|jpy|krw|inr|kzt|brl|ars|clp|pyg|vef|ves|etb|ngn|zar|chf|sek|nok|dkk|isk|pln|czk|huf|ron|try|uah|gel|aed|sar|omr|qar|kwd|irr|ils|mxn|cop|pen|thb|vnd|idr|myr|php|lak|mnt|uzs|kgs|byn|btc|bitcoins?|eth|sats?|satoshis?)\b|(?<![a-z])(?:hk|nt|ca|au|nz|[acsr])\$|(?![$¥￥¢])\p{Sc}|欧元|英镑|卢布|日元|日圆|韩元|港[币元]|加元|澳元|新元|台币|坚戈|迪拉姆|比特币/iu;
/** What only units are written with. */
const UNIT_MARK =
  /[%％]|\b(?:k?va|btu|hp|therms?|g?j|kcal|k?sols?|sol\/s|kwh|mwh|gwh|wh|[kmg]?w|[kmgtpez]h(?:\/?s)?|usd|cny|rmb)\b|[$¥￥]|美元|人民币|千瓦|度[/每]|^[^\d/]{1,10}\/[^\d/]{1,8}(?:\/[^\d/]{1,8})?$/iu;
const NOT_KNOWN = /^n\/?a$/i;
/** Longer texts are remarks. */
const MAX_LENGTH = 24;

/** Other text than a remark: what is left when the remarks are taken out. */
function withoutRemarks(text: string): string {
  return text
    .normalize('NFKC')
    .replace(FOR_ONE_MACHINE, ' ')
    .replace(HAN_REMARKS, ' ')
    .split(/[\s,;:：，；、.]+/u)
    .filter((word) => word !== '' && !REMARKS.test(word.toLowerCase()))
    .join(' ');
}

const PER_KWH = /(?:\/|per|每|pro|за|par|por)\s*(?:kw[·⋅.-]?h|度|千瓦时|квт[·⋅.-]?ч)/i;

/** Whether a text says that something is paid for a kilowatt-hour, in whatever money. */
export function namesPricePerKwh(text: string): boolean {
  return PER_KWH.test(text.normalize('NFKC'));
}

export function namesForeignMoney(text: string): boolean {
  return FOREIGN_MONEY.test(text);
}

/** Whether a text that need not be a unit looks like one: a currency, a sign, something for something. */
export function looksLikeUnit(text: string): boolean {
  const plain = text.normalize('NFKC').trim();
  if (plain === '' || plain.length > MAX_LENGTH || /\d/.test(plain) || NOT_KNOWN.test(plain)) return false;
  return readUnitInPlace(plain) !== null || FOREIGN_MONEY.test(plain) || UNIT_MARK.test(plain);
}

/** The text in brackets as a unit; `rest`: what it says beside remarks, '' when nothing. */
export function readBracket(text: string): { unit: Unit | null; rest: string } {
  const rest = withoutRemarks(text);
  return { unit: readUnitInPlace(text) ?? readUnitInPlace(rest), rest };
}
