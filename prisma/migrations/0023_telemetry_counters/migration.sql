-- Sums of counters get eight bytes: what a broken machine counts must not be able to stop the roll-ups of its workspace.
-- Wherever a reading had failed the machine's whole counter was taken for growth. Which rows are wrong by that cannot be told from them, so none of them counts as known.
ALTER TABLE "telemetry_machine_hours"
  ALTER COLUMN "accepted_shares" TYPE BIGINT USING CASE WHEN "failed_samples" = 0 THEN "accepted_shares" END,
  ALTER COLUMN "rejected_shares" TYPE BIGINT USING CASE WHEN "failed_samples" = 0 THEN "rejected_shares" END,
  ALTER COLUMN "hardware_errors" TYPE BIGINT USING CASE WHEN "failed_samples" = 0 THEN "hardware_errors" END;
ALTER TABLE "telemetry_machine_days"
  ALTER COLUMN "accepted_shares" TYPE BIGINT USING CASE WHEN "failed_samples" = 0 THEN "accepted_shares" END,
  ALTER COLUMN "rejected_shares" TYPE BIGINT USING CASE WHEN "failed_samples" = 0 THEN "rejected_shares" END,
  ALTER COLUMN "hardware_errors" TYPE BIGINT USING CASE WHEN "failed_samples" = 0 THEN "hardware_errors" END;
