-- A search reads one table: beside its text each machine has what lists filter, count and sort by, so that thousands of finds are not looked up one by one (docs/decisions/0093-sites-and-machines.md).
ALTER TABLE "machine_search_texts"
  ADD COLUMN "number" INTEGER,
  ADD COLUMN "site_id" UUID,
  ADD COLUMN "client_id" UUID,
  ADD COLUMN "rack_id" UUID,
  ADD COLUMN "status" TEXT,
  ADD COLUMN "approval" TEXT,
  ADD COLUMN "serial" TEXT,
  ADD COLUMN "model" TEXT,
  ADD COLUMN "tags" TEXT[];

-- With the name of the site, and the number as pages show it in both languages. What many machines share stands first: a pattern that thousands hold is found soon.
CREATE OR REPLACE FUNCTION write_client_search_text() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
  AS $$
BEGIN
  NEW.client_search_text := lower(concat_ws(E'\n', (SELECT s.name FROM sites s WHERE s.id = NEW.site_id),
    (SELECT p.name FROM site_places p WHERE p.id = NEW.rack_id), NEW.model, NEW.firmware, 'No. ' || NEW.number || ' 号', NEW.serial));
  RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION write_machine_search_text() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
  AS $$
BEGIN
  INSERT INTO machine_search_texts AS t (tenant_id, machine_id, number, site_id, client_id, rack_id, status, approval, serial, model, tags, text)
  VALUES (NEW.tenant_id, NEW.id, NEW.number, NEW.site_id, NEW.client_id, NEW.rack_id, NEW.status, NEW.approval, NEW.serial, NEW.model, NEW.tags,
    concat_ws(E'\n', (SELECT lower(c.name) FROM clients c WHERE c.id = NEW.client_id), lower(array_to_string(NEW.tags, E'\n')), NEW.client_search_text,
      lower(NEW.worker), NEW.mac_address, replace(NEW.mac_address, ':', ''), lower(NEW.host || coalesce(':' || NEW.port, ''))))
  ON CONFLICT (machine_id) DO UPDATE SET site_id = excluded.site_id, client_id = excluded.client_id, rack_id = excluded.rack_id, status = excluded.status,
    approval = excluded.approval, serial = excluded.serial, model = excluded.model, tags = excluded.tags, number = excluded.number, text = excluded.text
    WHERE (t.number, t.site_id, t.client_id, t.rack_id, t.status, t.approval, t.serial, t.model, t.tags, t.text)
      IS DISTINCT FROM (excluded.number, excluded.site_id, excluded.client_id, excluded.rack_id, excluded.status, excluded.approval, excluded.serial, excluded.model, excluded.tags, excluded.text);
  RETURN NULL;
END
$$;

-- A site of another name: its machines are written again, as those of a rack or client are.
CREATE OR REPLACE FUNCTION rewrite_search_texts() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
  AS $$
BEGIN
  IF TG_TABLE_NAME = 'site_places' THEN
    UPDATE machines SET status = status WHERE tenant_id = NEW.tenant_id AND site_id = NEW.site_id AND rack_id = NEW.id;
  ELSIF TG_TABLE_NAME = 'sites' THEN
    UPDATE machines SET status = status WHERE tenant_id = NEW.tenant_id AND site_id = NEW.id;
  ELSE
    UPDATE machines SET status = status WHERE tenant_id = NEW.tenant_id AND client_id = NEW.id;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER rewrite_search_texts AFTER UPDATE OF "name" ON "sites" FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION rewrite_search_texts();

-- All of it is written anew; the owner of the tables sees every workspace for this one statement.
ALTER TABLE "machines" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "machine_search_texts" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "site_places" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "sites" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "clients" NO FORCE ROW LEVEL SECURITY;
UPDATE "machines" SET "status" = "status";
ALTER TABLE "clients" FORCE ROW LEVEL SECURITY;
ALTER TABLE "sites" FORCE ROW LEVEL SECURITY;
ALTER TABLE "site_places" FORCE ROW LEVEL SECURITY;
ALTER TABLE "machine_search_texts" FORCE ROW LEVEL SECURITY;
ALTER TABLE "machines" FORCE ROW LEVEL SECURITY;

ALTER TABLE "machine_search_texts"
  ALTER COLUMN "number" SET NOT NULL,
  ALTER COLUMN "site_id" SET NOT NULL,
  ALTER COLUMN "status" SET NOT NULL,
  ALTER COLUMN "approval" SET NOT NULL;

-- The pattern is read once a statement and not once a row.
ALTER POLICY machine_search ON "machine_search_texts"
  USING ("text" LIKE (SELECT coalesce(nullif(current_setting('app.machine_search', true), ''), '%')));
