-- What workers need to know whom to poll (docs/decisions/0095-live-polling.md).

-- Workspaces that have a site. No row of a workspace: a worker belongs to none and could not ask otherwise.
CREATE TABLE "polling_tenants" (
    "id" UUID NOT NULL,

    CONSTRAINT "polling_tenants_pkey" PRIMARY KEY ("id")
);
GRANT SELECT, INSERT ON "polling_tenants" TO hashinsight_app;

-- The policy holds for the owner too, who lays it aside for this statement.
ALTER TABLE "sites" NO FORCE ROW LEVEL SECURITY;
INSERT INTO "polling_tenants" ("id") SELECT DISTINCT "tenant_id" FROM "sites";
ALTER TABLE "sites" FORCE ROW LEVEL SECURITY;

CREATE FUNCTION polling_register() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
  AS $$
BEGIN
  INSERT INTO polling_tenants (id) VALUES (NEW.tenant_id) ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
CREATE TRIGGER polling_register AFTER INSERT ON "sites" FOR EACH ROW EXECUTE FUNCTION polling_register();

-- Once a statement; PostgreSQL sends what is the same in one transaction once, and only when it is committed. Empty: work of nobody's workspace.
CREATE FUNCTION polling_announce() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
  AS $$
BEGIN
  PERFORM pg_notify('polling_changed', coalesce(current_setting('app.tenant_id', true), ''));
  RETURN NULL;
END
$$;
CREATE TRIGGER polling_announce AFTER INSERT OR UPDATE OR DELETE ON "sites" FOR EACH STATEMENT EXECUTE FUNCTION polling_announce();
CREATE TRIGGER polling_announce AFTER INSERT OR UPDATE OR DELETE ON "machines" FOR EACH STATEMENT EXECUTE FUNCTION polling_announce();
