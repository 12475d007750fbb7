/**
 * Names of the public lists the catalogue's figures were typed from. None was checked against a measured machine; where the lists
 * disagree the machine is marked (decision 0012). "Quoted": the maker's figure as repeated by the list named.
 */

/** Maker's page or manual as quoted, with its address, by public efficiency indexes of 2026. */
export const BITMAIN = 'Bitmain specification (quoted 2026)';
export const BITDEER = 'Bitdeer Explorer (quoted 2026)';
export const CANAAN = 'Canaan shop (quoted 2026)';
export const HASHRATE_INDEX = 'Hashrate Index hardware review, 2025';
/** Price list of a reseller with power, cooling and month of release. */
export const RESELLER = 'Reseller list, 2026';
/** Product catalogue of August 2025 (25 machines). */
export const CATALOGUE_2025 = 'ASIC catalogue, 2025-08';
/** github.com/marceloceccon/bitcoinmining, table of 50 machines. */
export const TABLE_2026 = 'marceloceccon/bitcoinmining table, 2026';
/** The pool's list of machines of March 2020. */
export const F2POOL_2020 = 'f2pool machine list, 2020-03';
/** Second-hand offers of 2022 (Kaboomracks), watts sometimes derived from J/TH in the title. */
export const LISTINGS_2022 = 'Market listings, 2022';
/** Upload templates of the previous product, 2025. */
export const TEMPLATE_2025 = 'Upload template, 2025';

/** Several lists that give the same figures. */
export function agreeing(...sources: string[]): string {
  return sources.join('; ');
}
