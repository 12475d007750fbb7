/** How far the net present value moves with each input. Pure. */
import type { Fleet } from '../model/compute-fleet.ts';
import type { Section } from '../model/document.ts';
import { SWINGS, type SwingName } from '../model/fleet-sensitivity.ts';
import { type Say, sayUsd } from './report-texts.ts';

const PERCENT = 100;

export function toSwingSection(say: Say, { sensitivity, npvUsd }: Fleet): Section {
  const { t } = say;
  const swings = sensitivity.swings;
  const widest = swings[0]!;
  const name = (swing: SwingName) => t(`fleet.tornado.names.${swing}`);
  const ends = [widest.npvAtLowUsd, widest.npvAtHighUsd];
  const title = t('fleet.tornado.title', {
    name: name(widest.name),
    low: sayUsd(say, Math.min(...ends)),
    high: sayUsd(say, Math.max(...ends)),
  });
  return {
    id: 'swings',
    title,
    lead: t('fleet.tornado.lead', { base: sayUsd(say, npvUsd) }),
    chart: {
      kind: 'bars',
      alt: title,
      categories: swings.map((swing) => `${name(swing.name)} ${sayReach(say, swing.name)}`),
      categoryTitle: '',
      valueTitle: t('fleet.tornado.axis'),
      series: [
        { name: t('fleet.tornado.low'), values: swings.map(({ npvAtLowUsd }) => npvAtLowUsd), role: 'second' },
        { name: t('fleet.tornado.high'), values: swings.map(({ npvAtHighUsd }) => npvAtHighUsd), role: 'main' },
      ],
      axisDigits: 0,
      base: npvUsd,
    },
    table: {
      caption: title,
      columns: [
        { label: t('fleet.tornado.input'), kind: 'text' },
        { label: t('fleet.tornado.low'), kind: 'number' },
        { label: t('fleet.tornado.high'), kind: 'number' },
      ],
      rows: swings.map((swing) => [
        { text: `${name(swing.name)} ${sayReach(say, swing.name)}`, value: null },
        { text: sayUsd(say, swing.npvAtLowUsd), value: swing.npvAtLowUsd },
        { text: sayUsd(say, swing.npvAtHighUsd), value: swing.npvAtHighUsd },
      ]),
    },
  };
}

/** "−20% / +20%", or "−5 / +2 pts". */
function sayReach({ t, format }: Say, name: SwingName): string {
  const { kind, low, high } = SWINGS.find((swing) => swing.name === name)!;
  if (kind === 'share') return `${format.signedPercent(low, 0)} / ${format.signedPercent(high, 0)}`;
  return t('fleet.tornado.points', { points: `${format.signedNumber(low * PERCENT, 0)} / ${format.signedNumber(high * PERCENT, 0)}` });
}
