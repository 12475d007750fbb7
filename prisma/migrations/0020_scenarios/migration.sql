-- Scenarios of the calculator that a workspace keeps, each with the market of its moment (docs/decisions/0106-saved-scenarios.md).

CREATE TABLE "scenarios" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tenant_id" UUID NOT NULL,
    "user_id" UUID,
    "name" TEXT NOT NULL,
    "machine" TEXT NOT NULL,
    "form" JSONB NOT NULL,
    "inputs" TEXT NOT NULL,
    "market" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scenarios_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "scenarios_name_given" CHECK (length(btrim("name")) BETWEEN 1 AND 120)
);

CREATE INDEX "scenarios_tenant_id_created_at_idx" ON "scenarios"("tenant_id", "created_at" DESC);

ALTER TABLE "scenarios" ADD CONSTRAINT "scenarios_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CALL isolate_by_tenant('scenarios');

-- What was saved is not changed: with other inputs it is another scenario.
GRANT SELECT, INSERT, DELETE ON "scenarios" TO hashinsight_app;
