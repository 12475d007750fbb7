-- Tenants, the isolation pattern that every later tenant table uses, and the public market figures.
-- The pattern is docs/decisions/0003-tenancy-row-level-security.md.

-- The role that carries the application's rights. It cannot log in and owns nothing; the login role of
-- DATABASE_URL is made a member by the migrate step. Roles belong to the server, not to one database,
-- so another database of the same server may have created it already, or be creating it right now.
DO $$
BEGIN
  CREATE ROLE hashinsight_app NOLOGIN;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

GRANT USAGE ON SCHEMA public TO hashinsight_app;

-- The tenant of the current transaction; null when none was set, which matches no row.
-- A setting made with SET LOCAL reads as '' after its transaction, hence nullif.
CREATE FUNCTION current_tenant_id() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.tenant_id', true), '')::uuid $$;

-- Every migration that creates a tenant table calls this once. FORCE makes the policy hold for the
-- table's owner too, so that a seed or a report run by the owner cannot mix tenants by accident.
CREATE PROCEDURE isolate_by_tenant(tenant_table regclass, tenant_column name DEFAULT 'tenant_id')
  LANGUAGE plpgsql
  AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tenant_table);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tenant_table);
  EXECUTE format(
    'CREATE POLICY tenant_isolation ON %s USING (%I = current_tenant_id()) WITH CHECK (%I = current_tenant_id())',
    tenant_table, tenant_column, tenant_column
  );
END
$$;
REVOKE EXECUTE ON PROCEDURE isolate_by_tenant(regclass, name) FROM PUBLIC;

-- CreateTable
CREATE TABLE "tenants" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenants_pkey" PRIMARY KEY ("id")
);
CALL isolate_by_tenant('tenants', 'id');
-- No DELETE: a tenant's end is a procedure of its own, not a statement of the running application.
GRANT SELECT, INSERT, UPDATE ON "tenants" TO hashinsight_app;

-- CreateTable
CREATE TABLE "market_figures" (
    "name" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "source" TEXT NOT NULL,
    "source_url" TEXT,
    "observed_at" TIMESTAMPTZ(6),
    "fetched_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "market_figures_pkey" PRIMARY KEY ("name")
);
GRANT SELECT, INSERT, UPDATE ON "market_figures" TO hashinsight_app;
