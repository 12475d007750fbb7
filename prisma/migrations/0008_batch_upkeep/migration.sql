-- How far a list is, and what goes by itself: uploads that died and files past their time (docs/decisions/0081-batches.md).

-- AlterTable
ALTER TABLE "batches" ADD COLUMN "done_ratio" DOUBLE PRECISION;
ALTER TABLE "batches" ADD CONSTRAINT "batches_done_ratio_is_share" CHECK ("done_ratio" BETWEEN 0 AND 1);

-- Whoever is in no workspace and names nothing may remove these, and only these: the sweep, which reads no row.
CREATE POLICY dead_uploads ON "batches" FOR DELETE
  USING (
    current_tenant_id() IS NULL AND current_lookup_key() IS NULL
    AND "status" = 'uploading' AND "created_at" < now() - interval '1 hour'
  );
-- A policy asks other tables as whoever runs the statement, so the age of a piece stands beside it.
ALTER TABLE "batch_file_parts" ADD COLUMN "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP;
CREATE INDEX "batch_file_parts_created_at_idx" ON "batch_file_parts"("created_at");
CREATE POLICY expired_files ON "batch_file_parts" FOR DELETE
  USING (current_tenant_id() IS NULL AND current_lookup_key() IS NULL AND "created_at" < now() - interval '90 days');
