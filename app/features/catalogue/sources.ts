/**
 * The public lists the catalogue's figures were typed from: name, address where it was written down, date. None was checked against a
 * measured machine; where the lists disagree the machine is marked (decision 0012). "Quoted": the maker's figure as repeated by a list.
 */

/** Said of a list whose address nobody wrote down: the figures can be compared with others, the list cannot be opened again. */
const NOT_RECORDED = 'public list, name not recorded';

/** Maker's page or manual as quoted by public efficiency indexes of 2026. */
export const BITMAIN = `Bitmain specification, quoted 2026 (${NOT_RECORDED})`;
export const BITDEER = `Bitdeer Explorer, quoted 2026 (${NOT_RECORDED})`;
export const CANAAN = `Canaan shop, quoted 2026 (${NOT_RECORDED})`;
export const HASHRATE_INDEX = 'Hashrate Index (hashrateindex.com), hardware review 2025';
/** Price list of a reseller with power, cooling and month of release. */
export const RESELLER = `Reseller price list, 2026 (${NOT_RECORDED})`;
/** 25 machines, of August 2025. */
export const CATALOGUE_2025 = 'github.com/ArabotHXL/BTC_project, ASIC catalogue, 2025-08';
/** 50 machines. */
export const TABLE_2026 = 'github.com/marceloceccon/bitcoinmining, table, 2026';
/** The pool's list of machines of March 2020. */
export const F2POOL_2020 = 'f2pool machine list, 2020-03, in github.com/mattk8/mining-data';
/** Second-hand offers (Kaboomracks), watts sometimes derived from J/TH in the title. */
export const LISTINGS_2022 = 'Market listings, 2022, in github.com/nhamilton1/asics-tools';
export const TEMPLATE_2025 = 'github.com/ArabotHXL/BTC_project, upload template, 2025';

/** Several lists that give the same figures. */
export function agreeing(...sources: string[]): string {
  return sources.join('; ');
}
