-- A common alert that takes in more machines is told again (docs/decisions/0096-alerts.md).
ALTER TABLE "alert_events" DROP CONSTRAINT "alert_events_kind_known";
ALTER TABLE "alert_events" ADD CONSTRAINT "alert_events_kind_known"
  CHECK ("kind" IN ('opened', 'reopened', 'grown', 'raised', 'resolved', 'acknowledged', 'snoozed', 'woken', 'assigned', 'commented'));
