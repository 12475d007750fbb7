-- Files of reports in pieces, as uploads are kept: a file of some tens of megabytes in one column is in memory several times over while it is stored and read
-- (docs/decisions/0082-reports.md).

-- CreateTable
CREATE TABLE "report_parts" (
    "report_id" UUID NOT NULL,
    "part" INTEGER NOT NULL,
    "tenant_id" UUID,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "report_parts_pkey" PRIMARY KEY ("report_id","part")
);

-- AddForeignKey
ALTER TABLE "report_parts" ADD CONSTRAINT "report_parts_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "reports"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is stored already becomes one piece. The owner of the table is held to its policies otherwise.
ALTER TABLE "reports" NO FORCE ROW LEVEL SECURITY;
INSERT INTO "report_parts" ("report_id", "part", "tenant_id", "bytes") SELECT "id", 0, "tenant_id", "content" FROM "reports" WHERE "content" IS NOT NULL;
ALTER TABLE "reports" FORCE ROW LEVEL SECURITY;

ALTER TABLE "reports" DROP CONSTRAINT "reports_done_has_file";
ALTER TABLE "reports" ADD CONSTRAINT "reports_done_has_file" CHECK (("status" = 'done') = ("size_bytes" IS NOT NULL));

-- AlterTable
ALTER TABLE "reports" DROP COLUMN "content";

CALL isolate_by_tenant('report_parts');
-- As the report itself: a guest's is seen only by naming it.
CREATE POLICY held_report ON "report_parts"
  USING ("tenant_id" IS NULL AND current_tenant_id() IS NULL AND "report_id"::text = current_lookup_key())
  WITH CHECK ("tenant_id" IS NULL AND current_tenant_id() IS NULL AND "report_id"::text = current_lookup_key());

GRANT SELECT, INSERT, DELETE ON "report_parts" TO hashinsight_app;

-- The picture on the covers of a workspace's reports; checked by the application, bounded here as well.

-- CreateTable
CREATE TABLE "workspace_logos" (
    "tenant_id" UUID NOT NULL,
    "media_type" TEXT NOT NULL,
    "width_px" INTEGER NOT NULL,
    "height_px" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    "changed_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_logos_pkey" PRIMARY KEY ("tenant_id")
);
ALTER TABLE "workspace_logos"
  ADD CONSTRAINT "workspace_logos_media_type_known" CHECK ("media_type" IN ('image/png', 'image/jpeg')),
  ADD CONSTRAINT "workspace_logos_bytes_bounded" CHECK (octet_length("bytes") BETWEEN 1 AND 262144);

CALL isolate_by_tenant('workspace_logos');
GRANT SELECT, INSERT, UPDATE, DELETE ON "workspace_logos" TO hashinsight_app;
