// Runs alert.notify; everything it does is in the alerts room.
import { notifyWorkspace } from '#app/features/alerts/notify/notify-workspace.server.ts';
import type { AlertNotifyPayload } from '#jobs/contracts/alert-notify.ts';

export async function processAlertNotify({ tenantId }: AlertNotifyPayload): Promise<void> {
  await notifyWorkspace(tenantId);
}
