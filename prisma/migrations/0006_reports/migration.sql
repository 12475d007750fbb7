-- Reports: what was asked for, how far it has come, and the file (docs/decisions/0082-reports.md).

-- CreateTable
CREATE TABLE "reports" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tenant_id" UUID,
    "user_id" UUID,
    "kind" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "inputs" JSONB NOT NULL,
    "market" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "progress_ratio" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "error_code" TEXT,
    "error_detail" TEXT,
    "file_name" TEXT,
    "content" BYTEA,
    "size_bytes" INTEGER,
    "hash" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "reports_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "reports_tenant_id_created_at_idx" ON "reports"("tenant_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "reports_expires_at_idx" ON "reports"("expires_at");

-- Values that only the code would keep right otherwise.
ALTER TABLE "reports"
  ADD CONSTRAINT "reports_kind_known" CHECK ("kind" IN ('scenario', 'batch', 'plan')),
  ADD CONSTRAINT "reports_format_known" CHECK ("format" IN ('pdf', 'xlsx', 'pptx')),
  ADD CONSTRAINT "reports_language_known" CHECK ("language" IN ('en', 'zh')),
  ADD CONSTRAINT "reports_status_known" CHECK ("status" IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  ADD CONSTRAINT "reports_done_has_file" CHECK (("status" = 'done') = ("content" IS NOT NULL)),
  ADD CONSTRAINT "reports_progress_is_share" CHECK ("progress_ratio" BETWEEN 0 AND 1);

CALL isolate_by_tenant('reports');
-- A guest's report belongs to whoever holds its id, 122 random bits: it is seen only by naming it.
CREATE POLICY held_report ON "reports"
  USING ("tenant_id" IS NULL AND current_tenant_id() IS NULL AND "id"::text = current_lookup_key())
  WITH CHECK ("tenant_id" IS NULL AND current_tenant_id() IS NULL AND "id"::text = current_lookup_key());
-- What has expired may be removed by whoever is in no workspace and names nothing: the sweep, which reads no row.
CREATE POLICY expired_reports ON "reports" FOR DELETE
  USING (current_tenant_id() IS NULL AND current_lookup_key() IS NULL AND "expires_at" < now());

GRANT SELECT, INSERT, UPDATE, DELETE ON "reports" TO hashinsight_app;
