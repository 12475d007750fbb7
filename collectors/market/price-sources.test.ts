import { describe, expect, it } from 'vitest';
import { parseBinancePrice } from './binance-price.ts';
import { parseBybitPrice } from './bybit-price.ts';
import { parseCoinbasePrice } from './coinbase-price.ts';
import { parseCoingeckoPrice } from './coingecko-price.ts';
import binanceTicker from './fixtures/binance-ticker.json' with { type: 'json' };
import bybitTickers from './fixtures/bybit-tickers.json' with { type: 'json' };
import spot from './fixtures/coinbase-spot.json' with { type: 'json' };
import coingecko from './fixtures/coingecko-simple.json' with { type: 'json' };
import krakenTicker from './fixtures/kraken-ticker.json' with { type: 'json' };
import okxTicker from './fixtures/okx-ticker.json' with { type: 'json' };
import { parseKrakenPrice } from './kraken-price.ts';
import { parseOkxPrice } from './okx-price.ts';

const ASKED_AT_MS = Date.parse('2025-12-31T18:00:00Z');
const reading = (figure: string, value: number, observedAtMs = ASKED_AT_MS) => ({ kind: 'reading', figure, value, observedAtMs });

describe('parseCoinbasePrice', () => {
  it('reads the amount', () => {
    expect(parseCoinbasePrice(spot, ASKED_AT_MS)).toEqual([reading('priceUsdPerBtc', 87_508.83)]);
  });

  it('takes no other pair and no other writing of a number', () => {
    for (const data of [
      { ...spot.data, currency: 'EUR' },
      { ...spot.data, base: 'ETH' },
      { ...spot.data, amount: '87,508.83' },
      { ...spot.data, amount: 'NaN' },
      { ...spot.data, amount: '1e5' },
      { ...spot.data, amount: 87_508.83 },
    ]) {
      expect(parseCoinbasePrice({ data }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
    }
  });

  it('refuses a price in another unit', () => {
    for (const amount of ['0.6', '875.08', '600000000']) {
      expect(parseCoinbasePrice({ data: { ...spot.data, amount } }, ASKED_AT_MS), amount).toMatchObject([{ kind: 'refused' }]);
    }
  });

  it('refuses a price of zero', () => {
    expect(parseCoinbasePrice({ data: { ...spot.data, amount: '0' } }, ASKED_AT_MS)).toMatchObject([{ kind: 'refused' }]);
  });
});

describe('the exchanges', () => {
  it.each([
    ['Binance', parseBinancePrice, binanceTicker, 87_510.12, ASKED_AT_MS],
    ['OKX', parseOkxPrice, okxTicker, 87_512.3, 1_767_203_999_500],
    ['Bybit', parseBybitPrice, bybitTickers, 87_509.9, 1_767_203_999_000],
    ['Kraken', parseKrakenPrice, krakenTicker, 87_505.1, ASKED_AT_MS],
    ['CoinGecko', parseCoingeckoPrice, coingecko, 87_515, 1_767_203_940_000],
  ] as const)('%s: reads the price and when it was true', (_, parse, body, price, observedAtMs) => {
    expect(parse(body, ASKED_AT_MS)).toEqual([reading('priceUsdPerBtc', price, observedAtMs)]);
  });

  it('do not take another pair, an error or an exponent for a price', () => {
    expect(parseBinancePrice({ ...binanceTicker, symbol: 'ETHUSDT' }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
    expect(parseBinancePrice({ ...binanceTicker, price: '8.7e4' }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
    expect(parseOkxPrice({ ...okxTicker, code: '50011' }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
    expect(parseBybitPrice({ ...bybitTickers, retCode: 10_006 }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
    expect(parseKrakenPrice({ ...krakenTicker, error: ['EGeneral:Too many requests'] }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
  });

  it('are not believed when their clock runs ahead, and dated to now when it does by seconds', () => {
    const at = (ms: number) => parseBybitPrice({ ...bybitTickers, time: ASKED_AT_MS + ms }, ASKED_AT_MS);
    expect(at(30_000)).toMatchObject([{ kind: 'reading', observedAtMs: ASKED_AT_MS }]);
    expect(at(121_000)).toMatchObject([{ kind: 'refused', reason: 'dated 121 s in the future' }]);
    expect(parseCoingeckoPrice({ bitcoin: { usd: 1, last_updated_at: 1_767_203_940_000 } }, ASKED_AT_MS)).toMatchObject({
      kind: 'garbled',
    });
  });
});
