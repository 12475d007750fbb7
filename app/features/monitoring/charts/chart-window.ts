/** Spans of time that charts are asked for. Pure. */
export const CHART_WINDOWS = ['24h', '7d', '30d'] as const;
export type ChartWindow = (typeof CHART_WINDOWS)[number];
export const WINDOW_HOURS: Record<ChartWindow, number> = { '24h': 24, '7d': 168, '30d': 720 };
export const WINDOW_PARAM = 'window';

/** What is not one of them is the first. */
export function readWindow(url: string): ChartWindow {
  const asked = new URL(url).searchParams.get(WINDOW_PARAM);
  return CHART_WINDOWS.find((window) => window === asked) ?? '24h';
}
