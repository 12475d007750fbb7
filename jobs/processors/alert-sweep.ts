// Runs alert.sweep; everything it does is in the alerts room.
import { sweepAlerts } from '#app/features/alerts/sweep-alerts.server.ts';
import type { AlertSweepPayload } from '#jobs/contracts/alert-sweep.ts';
import type { JobContext } from '#jobs/contracts/queue.ts';

export async function processAlertSweep(_payload: AlertSweepPayload, { signal }: JobContext): Promise<void> {
  await sweepAlerts(signal);
}
