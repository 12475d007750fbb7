import { describe, expect, it } from 'vitest';
import { parseFutures, parseVolatilities, readInstrument } from './deribit-derivatives.ts';
import deribitFutures from './fixtures/deribit-futures.json' with { type: 'json' };
import deribitOptions from './fixtures/deribit-options.json' with { type: 'json' };

/** After everything that the recorded replies are dated to. */
const LATER_MS = Date.parse('2026-06-01T00:00:00Z');

describe('Deribit', () => {
  it('reads names of contracts', () => {
    expect(readInstrument('BTC-27MAR26-90000-C')).toEqual({ expiresAtMs: Date.UTC(2026, 2, 27, 8), strikeUsd: 90_000 });
    expect(readInstrument('BTC-5JUN26')).toEqual({ expiresAtMs: Date.UTC(2026, 5, 5, 8), strikeUsd: null });
    for (const name of ['BTC-PERPETUAL', 'ETH-27MAR26', 'BTC-27XXX26', 'BTC-27MAR26-9e4-C']) expect(readInstrument(name)).toBeNull();
  });

  it('gives the perpetual with its funding and the dated futures by expiry', () => {
    expect(parseFutures(deribitFutures, LATER_MS)).toMatchObject({
      futures: [
        { instrument: 'BTC-PERPETUAL', expiresAtMs: null, funding8hRatio: 0.00008 },
        { instrument: 'BTC-27MAR26', markUsd: 88_900, indexUsd: 87_500, funding8hRatio: null },
        { instrument: 'BTC-26JUN26' },
      ],
    });
  });

  it('is not believed when it is dated ahead', () => {
    const dated = (ms: number) => deribitFutures.result.map((row) => ({ ...row, creation_timestamp: ms }));
    expect(parseFutures({ result: dated(LATER_MS + 30_000) }, LATER_MS)).toMatchObject({ observedAtMs: LATER_MS });
    for (const ms of [LATER_MS + 121_000, 9e15]) {
      expect(parseFutures({ result: dated(ms) }, LATER_MS)).toMatchObject({ kind: 'refused' });
    }
  });

  it('takes volatility at the forward, between the strikes around it, and leaves out expiries with one side only', () => {
    // Forward 88,900 between 85,000 (46 %) and 90,000 (44 %): 46 - 2 x 3,900 / 5,000 = 44.44 %
    const volatilities = parseVolatilities(deribitOptions);
    expect(volatilities).toHaveLength(1);
    expect(volatilities).toMatchObject([{ expiresAtMs: Date.UTC(2026, 2, 27, 8), options: 8 }]);
    expect(Array.isArray(volatilities) && volatilities[0]?.volatilityRatioPerYear).toBeCloseTo(0.4444, 10);
  });
});
