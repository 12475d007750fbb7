/**
 * What people read instead of the stable names under which the API and the files name their sources, and where each can be checked. A name that is not listed says itself. Pure.
 */

const NAMED = {
  'dennisgrobe/btc_data': { key: 'earlyCloses', url: 'https://github.com/dennisgrobe/btc_data' },
  'Yahoo Finance BTC-USD': { key: 'yahoo', url: 'https://finance.yahoo.com/quote/BTC-USD/history/' },
  'Yahoo Finance': { key: 'yahoo', url: 'https://finance.yahoo.com/quote/BTC-USD/history/' },
  'Binance BTC/USDT (volume)': { key: 'binanceVolume', url: 'https://www.binance.com/en/trade/BTC_USDT' },
  'Electrum checkpoints': {
    key: 'checkpoints',
    url: 'https://github.com/spesmilo/electrum/blob/master/electrum/chains/mainnet/checkpoints.json',
  },
  'ERCOT settlement point prices, through HewlettPackard/green-dcc': {
    key: 'ercotTable',
    url: 'https://github.com/HewlettPackard/green-dcc',
  },
  'JPMorgan, via Phemex': { key: 'jpmorgan', url: null },
  'CFETS, via MENAFN': { key: 'cfets', url: null },
} as const satisfies Readonly<Record<string, { key: string; url: string | null }>>;

export type SourceKey = (typeof NAMED)[keyof typeof NAMED]['key'];

export const NAMED_SOURCES = Object.keys(NAMED) as readonly (keyof typeof NAMED)[];

/** One of the sources of a name. `from` and `to`: the days that are its own, as `YYYY-MM-DD`. */
export type NamedSource = { name: string; key: SourceKey | null; url: string | null; from: string | null; to: string | null };

/** `name (from day)` or `name (to day)` */
const WITH_DAY = /^(.+) \((from|to) (\d{4}-\d{2}-\d{2})\)$/;

/** The sources of a name, which may be several, each of other days: `a (to day); b (from day)`. */
export function readSourceName(source: string): NamedSource[] {
  return source.split('; ').map((part) => {
    const [, name = part, side, day = null] = WITH_DAY.exec(part) ?? [];
    const known = Object.hasOwn(NAMED, name) ? NAMED[name as keyof typeof NAMED] : { key: null, url: null };
    return { name, ...known, from: side === 'from' ? day : null, to: side === 'to' ? day : null };
  });
}
