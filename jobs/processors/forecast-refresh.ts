// Runs forecast.refresh; everything it does is in the forecasting room.
import { refreshForecastsNow } from '#app/features/forecasting/refresh-forecasts.server.ts';
import type { ForecastRefreshPayload } from '#jobs/contracts/forecast-refresh.ts';
import type { JobContext } from '#jobs/contracts/queue.ts';

export async function processForecastRefresh(_payload: ForecastRefreshPayload, { signal }: JobContext): Promise<void> {
  await refreshForecastsNow(signal);
}
