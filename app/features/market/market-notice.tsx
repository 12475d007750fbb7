/** One sentence above the answer when market figures are not live: which days they are of, and that own ones may be typed. */
import type { TFunction } from 'i18next';
import type { Format } from '#app/ui/format.ts';
import { InfoIcon } from '#app/ui/icons.tsx';
import { describeMarketAge } from './describe-market-age.ts';
import type { MarketSnapshot } from './snapshot.ts';

export type MarketNoticeProps = {
  snapshot: MarketSnapshot;
  /** The instant the page was made, so that server and browser say the same. */
  nowMs: number;
  format: Format;
  t: TFunction<'market'>;
};

/** Nothing while every figure is live. */
export function MarketNotice({ snapshot, nowMs, format, t }: MarketNoticeProps) {
  const age = describeMarketAge(snapshot, nowMs);
  if (age.kind === 'live') return null;
  const from = format.date(new Date(age.fromAtMs));
  const to = format.date(new Date(age.toAtMs));
  const figures = format.list(age.figures.map((name) => t(`figure.${name}`)));
  const isOneDay = from === to;
  return (
    <div className="note" role="note">
      <InfoIcon />
      <p>
        {age.all
          ? t(isOneDay ? 'notice.allOneDay' : 'notice.all', { from, to })
          : t(isOneDay ? 'notice.someOneDay' : 'notice.some', { from, to, figures })}
      </p>
    </div>
  );
}
