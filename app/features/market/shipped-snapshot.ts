/**
 * The last known market figures that come with the project, used figure by figure while nothing live is known. Each carries
 * the day it was true and who published it; the page says so. Update by hand, together with docs/decisions/0010-market-figures.md.
 */
import { type KnownFigure, type MarketSnapshot, unknownFigure } from './snapshot.ts';

function shipped(value: number, source: string, sourceUrl: string, day: string): KnownFigure {
  return { value, source, sourceUrl, at: `${day}T00:00:00.000Z`, origin: 'shipped' };
}

/**
 * Why these:
 * - height and difficulty are the start of epoch 460, the last whole epoch whose target is known exactly (Electrum's checkpoints);
 *   the day is that of the published retarget of -0.74 % to 148.2 T.
 * - the network's hash rate is a measured one of the same weeks, the mean of December 2025 (implied by that difficulty: 1,060.8 EH/s),
 *   so that comparing the two means something.
 * - price: close of the UTC day (BTC-USD). CNY: central parity of the day, published by the China Foreign Exchange Trade System.
 * - fees: 0.55 % of block rewards in the week to 12 January 2026, at a subsidy of 3.125 BTC: 3.125 * 0.0055 / (1 - 0.0055) = 0.0173 BTC,
 *   known to about 1 %.
 * - epochElapsedS is unknown; at the first block of an epoch it follows from the height (0 s).
 */
export const SHIPPED_SNAPSHOT: MarketSnapshot = {
  height: shipped(
    927_360,
    'Electrum',
    'https://github.com/spesmilo/electrum/blob/master/electrum/chains/mainnet/checkpoints.json',
    '2025-12-11',
  ),
  difficulty: shipped(
    148_195_306_640_204.72,
    'Electrum',
    'https://github.com/spesmilo/electrum/blob/master/electrum/chains/mainnet/checkpoints.json',
    '2025-12-11',
  ),
  feesBtcPerBlock: shipped(0.0173, 'Hashrate Index', 'https://hashrateindex.com/blog/hashrate-index-roundup-january-12-2026', '2026-01-12'),
  priceUsdPerBtc: shipped(87_508.83, 'Yahoo Finance', 'https://finance.yahoo.com/quote/BTC-USD/history/', '2025-12-31'),
  networkHashrateThs: shipped(
    1_045_000_000,
    'JPMorgan, via Phemex',
    'https://phemex.com/de/news/article/bitcoin-hashrate-declines-for-second-month-mining-profitability-drops-51471',
    '2025-12-31',
  ),
  epochElapsedS: unknownFigure('shipped'),
  cnyPerUsd: shipped(7.0197, 'CFETS, via MENAFN', 'https://menafn.com/1110571586/Chinese-Yuan-Edges-Down-Against-US-Dollar', '2026-01-08'),
};
