-- Lists of machines that people of a workspace uploaded, and what they come to (docs/decisions/0081-batches.md).

-- CreateTable
CREATE TABLE "batches" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tenant_id" UUID NOT NULL,
    "owner_id" UUID,
    "name" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "file_bytes" INTEGER NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "mapping" JSONB,
    "rows_total" INTEGER NOT NULL DEFAULT 0,
    "rows_ok" INTEGER NOT NULL DEFAULT 0,
    "rows_failed" INTEGER NOT NULL DEFAULT 0,
    "rows_skipped" INTEGER NOT NULL DEFAULT 0,
    "stored_through_row" INTEGER NOT NULL DEFAULT 0,
    "summary" JSONB,
    "failure" JSONB,
    "share_hash" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "batches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "batch_file_parts" (
    "batch_id" UUID NOT NULL,
    "part" INTEGER NOT NULL,
    "tenant_id" UUID NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "batch_file_parts_pkey" PRIMARY KEY ("batch_id","part")
);

-- CreateTable
CREATE TABLE "batch_rows" (
    "batch_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "tenant_id" UUID NOT NULL,
    "model" TEXT,
    "machine" TEXT,
    "match_kind" TEXT,
    "count" INTEGER NOT NULL,
    "hashrate_ths" DOUBLE PRECISION NOT NULL,
    "power_w" DOUBLE PRECISION NOT NULL,
    "power_usd_per_kwh" DOUBLE PRECISION NOT NULL,
    "capex_usd" DOUBLE PRECISION NOT NULL,
    "mined_btc_per_day" DOUBLE PRECISION,
    "revenue_usd_per_day" DOUBLE PRECISION,
    "power_usd_per_day" DOUBLE PRECISION,
    "net_usd_per_day" DOUBLE PRECISION,
    "break_even_power_usd_per_kwh" DOUBLE PRECISION,
    "break_even_price_usd_per_btc" DOUBLE PRECISION,
    "mined_btc" DOUBLE PRECISION,
    "npv_usd" DOUBLE PRECISION,
    "irr_ratio_per_year" DOUBLE PRECISION,
    "payback_months" DOUBLE PRECISION,
    "profit_usd" DOUBLE PRECISION,
    "shutdown_month" DOUBLE PRECISION,

    CONSTRAINT "batch_rows_pkey" PRIMARY KEY ("batch_id","row")
);

-- CreateTable
CREATE TABLE "batch_row_errors" (
    "batch_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "tenant_id" UUID NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "batch_row_errors_pkey" PRIMARY KEY ("batch_id","row","place")
);

-- CreateIndex
CREATE UNIQUE INDEX "batches_share_hash_key" ON "batches"("share_hash");

-- CreateIndex
CREATE INDEX "batches_tenant_id_created_at_idx" ON "batches"("tenant_id", "created_at");

-- AddForeignKey
ALTER TABLE "batches" ADD CONSTRAINT "batches_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "batch_file_parts" ADD CONSTRAINT "batch_file_parts_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "batches"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "batch_rows" ADD CONSTRAINT "batch_rows_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "batches"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "batch_row_errors" ADD CONSTRAINT "batch_row_errors_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "batches"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CALL isolate_by_tenant('batches');
CALL isolate_by_tenant('batch_file_parts');
CALL isolate_by_tenant('batch_rows');
CALL isolate_by_tenant('batch_row_errors');

-- Whoever shows the secret of a link may read that batch, its rows and its errors; the file stays with its workspace.
CREATE POLICY shared_batches ON "batches" FOR SELECT USING ("share_hash" = current_lookup_key());
CREATE POLICY shared_rows ON "batch_rows" FOR SELECT USING (
  EXISTS (SELECT FROM "batches" b WHERE b."id" = "batch_rows"."batch_id" AND b."share_hash" = current_lookup_key())
);
CREATE POLICY shared_errors ON "batch_row_errors" FOR SELECT USING (
  EXISTS (SELECT FROM "batches" b WHERE b."id" = "batch_row_errors"."batch_id" AND b."share_hash" = current_lookup_key())
);

GRANT SELECT, INSERT, UPDATE, DELETE ON "batches" TO hashinsight_app;
-- What was stored is not changed: a batch with another scenario is another batch.
GRANT SELECT, INSERT, DELETE ON "batch_file_parts", "batch_rows", "batch_row_errors" TO hashinsight_app;

ALTER TABLE "batches"
  ADD CONSTRAINT "batches_status_known" CHECK ("status" IN ('uploading', 'queued', 'running', 'done', 'failed', 'cancelled')),
  ADD CONSTRAINT "batches_name_given" CHECK (length(btrim("name")) BETWEEN 1 AND 200);
