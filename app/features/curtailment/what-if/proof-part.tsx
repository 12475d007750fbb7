/** The certificate: what the gap is made of, what a little more of each limit is worth, and how anybody can check it. */
import { memo } from 'react';
import type { PlanView } from './plan-view.ts';
import { sayGapUsd } from './say-gap.ts';
import { type Say, sayGapParts, sayShadowPrices } from './say-plan.ts';

const HASH_SHOWN = 12;

export const ProofPart = memo(function ProofPart({ say, view }: { say: Say; view: PlanView }) {
  const { t, format } = say;
  const parts = sayGapParts(say, view);
  const prices = sayShadowPrices(say, view);
  const bound = format.usd(view.boundUsd, 2);
  const value = format.usd(view.valueUsd, 2);
  return (
    <div className="plan-two">
      <section className="sec">
        <header>
          <h2>{t('proof.title', { gap: sayGapUsd(t, format, view.gapUsd) })}</h2>
          <p className="small">{t('proof.bound', { bound, value })}</p>
        </header>
        {parts.length === 0 ? (
          <p>{t('proof.closed')}</p>
        ) : (
          <ul className="lines">
            {parts.map((part) => (
              <li key={part}>{part}</li>
            ))}
          </ul>
        )}
        <p className="small dim">{t('proof.check')}</p>
        <p className="small dim">{t('proof.identity', { version: view.engineVersion, hash: view.inputsHash.slice(0, HASH_SHOWN) })}</p>
      </section>
      <section className="sec">
        <header>
          <h2>{t(prices.length === 0 ? 'worth.titleFree' : 'worth.title')}</h2>
        </header>
        {prices.length === 0 ? (
          <p>{t('worth.free')}</p>
        ) : (
          <ul className="lines">
            {prices.map((price) => (
              <li key={price}>{price}</li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
});
