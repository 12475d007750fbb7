/** Hash rate, power, efficiency and the hottest chip over time. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { sayPower } from '#app/features/monitoring/say-power.ts';
import type { Format } from '#app/ui/format.ts';
import type { Pane, Tone } from '#app/ui/time-chart/series.ts';
import { TimeChart } from '#app/ui/time-chart/time-chart.tsx';
import type { ChartPoints } from './chart-points.ts';

const MAIN_PX = 180;
const PANE_PX = 100;

type Drawn = Pick<ChartPoints, 'atS' | 'hashrateThs' | 'powerW' | 'efficiencyJPerTh' | 'chipTemperatureMaxC'>;

export function SeriesChart({ points, timeZone, label, format }: { points: Drawn; timeZone: string; label: string; format: Format }) {
  const { t } = useTranslation('monitoring');
  const { times, panes } = useMemo(() => {
    const line = (id: string, name: string, tone: Tone, values: (number | null)[]) => ({ kind: 'line' as const, id, name, tone, values });
    const all: Pane[] = [
      {
        id: 'hashrate',
        title: t('figure.hashrate'),
        heightPx: MAIN_PX,
        scale: 'linear',
        includesZero: true,
        series: [line('hashrate', t('figure.hashrate'), 1, points.hashrateThs)],
        say: (value) => format.hashrate(value, 2),
        sayTick: (value) => format.hashrate(value, 1),
      },
      {
        id: 'power',
        title: t('figure.power'),
        heightPx: PANE_PX,
        scale: 'linear',
        includesZero: true,
        series: [line('power', t('figure.power'), 2, points.powerW)],
        say: (value) => sayPower(value, format),
        sayTick: (value) => sayPower(value, format, 0),
      },
      {
        id: 'efficiency',
        title: `${t('figure.efficiency')} J/TH`,
        heightPx: PANE_PX,
        scale: 'linear',
        includesZero: true,
        series: [line('efficiency', t('figure.efficiency'), 4, points.efficiencyJPerTh)],
        say: (value) => (value === null ? format.number(null) : `${format.number(value, 1)} J/TH`),
        sayTick: (value) => format.number(value, Number.isInteger(value) ? 0 : 1),
      },
      {
        id: 'temperature',
        title: `${t('figure.hottest')} °C`,
        heightPx: PANE_PX,
        scale: 'linear',
        includesZero: true,
        series: [line('temperature', t('figure.hottest'), 3, points.chipTemperatureMaxC)],
        say: (value) => (value === null ? format.number(null) : `${format.number(value)} °C`),
        sayTick: (value) => format.number(value),
      },
    ];
    // What nobody reported is not drawn as an empty pane.
    const isKnown = ({ series }: Pane) =>
      series.some((one) => one.kind === 'line' && (one.values as (number | null)[]).some((value) => value !== null));
    return { times: points.atS.map((atS) => atS * 1000), panes: all.filter(isKnown) };
  }, [points, t, format]);
  if (times.length < 2 || panes.length === 0) return <p className="note">{t('history.nothing')}</p>;
  return <TimeChart label={label} times={times} panes={panes} timeZone={timeZone} />;
}
