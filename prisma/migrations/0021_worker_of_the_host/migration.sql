-- A worker names the host's account at the pool: a client neither sees it nor finds a machine by guessing it.
CREATE OR REPLACE FUNCTION write_client_search_text() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
  AS $$
BEGIN
  NEW.client_search_text := lower(concat_ws(E'\n', NEW.serial, NEW.model, NEW.firmware, (SELECT p.name FROM site_places p WHERE p.id = NEW.rack_id)));
  RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION write_machine_search_text() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
  AS $$
BEGIN
  INSERT INTO machine_search_texts AS t (tenant_id, machine_id, text)
  VALUES (NEW.tenant_id, NEW.id, concat_ws(E'\n', NEW.client_search_text, lower(NEW.worker), NEW.mac_address, replace(NEW.mac_address, ':', ''),
    lower(NEW.host || coalesce(':' || NEW.port, '')), lower(array_to_string(NEW.tags, E'\n')),
    (SELECT lower(c.name) FROM clients c WHERE c.id = NEW.client_id)))
  ON CONFLICT (machine_id) DO UPDATE SET text = excluded.text WHERE t.text <> excluded.text;
  RETURN NULL;
END
$$;

-- Both texts are written anew; the owner of the tables sees every workspace for this one statement.
ALTER TABLE "machines" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "machine_search_texts" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "site_places" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "clients" NO FORCE ROW LEVEL SECURITY;
UPDATE "machines" SET "worker" = "worker" WHERE "worker" IS NOT NULL;
ALTER TABLE "clients" FORCE ROW LEVEL SECURITY;
ALTER TABLE "site_places" FORCE ROW LEVEL SECURITY;
ALTER TABLE "machine_search_texts" FORCE ROW LEVEL SECURITY;
ALTER TABLE "machines" FORCE ROW LEVEL SECURITY;
