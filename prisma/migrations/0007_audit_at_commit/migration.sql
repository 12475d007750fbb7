-- Audit events are linked to their chain at the commit of the act, by the table itself (docs/decisions/0074-audit-at-commit.md): the lock of a
-- chain is held while the database works, never while it waits for its client, and nobody can put an event anywhere but at the end. The search path of
-- the functions is their own: a temporary table of the same name would be found first otherwise.

-- CreateTable
CREATE TABLE "audit_inbox" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tenant_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "user_id" UUID,
    "role" TEXT NOT NULL,
    "target_kind" TEXT,
    "target_id" TEXT,
    "site_id" UUID,
    "client_id" UUID,
    "body" TEXT NOT NULL,

    CONSTRAINT "audit_inbox_pkey" PRIMARY KEY ("id")
);
-- A row lives for a part of one transaction: a crash has nothing to bring back.
ALTER TABLE "audit_inbox" SET UNLOGGED;
CALL isolate_by_tenant('audit_inbox');
GRANT SELECT, INSERT, DELETE ON "audit_inbox" TO hashinsight_app;

-- Takes an event of the current tenant for the chain, in the transaction of the act that it records. Null: the number is known at the commit.
CREATE OR REPLACE FUNCTION append_audit_event(
  event_at timestamptz, event_action text, event_outcome text, event_user_id uuid, event_role text,
  event_target_kind text, event_target_id text, event_site_id uuid, event_client_id uuid, event_body text
) RETURNS bigint
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
  AS $$
DECLARE
  waiting uuid;
BEGIN
  IF current_tenant_id() IS NULL THEN
    RAISE EXCEPTION 'an audit event needs a tenant' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO audit_inbox (tenant_id, at, action, outcome, user_id, role, target_kind, target_id, site_id, client_id, body)
  VALUES (current_tenant_id(), event_at, event_action, event_outcome, event_user_id, event_role, event_target_kind, event_target_id,
    event_site_id, event_client_id, event_body)
  RETURNING id INTO waiting;
  -- The trigger below is due all the same: it was handed the row when the row was written. So nothing is left here after the commit.
  DELETE FROM audit_inbox WHERE id = waiting;
  RETURN NULL;
END
$$;

-- At the commit. The transaction may have gone on to another tenant since; the event belongs to the one under which it was taken, which the
-- policy of audit_inbox has checked.
CREATE FUNCTION append_waiting_audit_event() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
  AS $$
DECLARE
  tenant_before text := coalesce(current_setting('app.tenant_id', true), '');
BEGIN
  PERFORM set_config('app.tenant_id', NEW.tenant_id::text, true);
  INSERT INTO audit_events (tenant_id, at, action, outcome, user_id, role, target_kind, target_id, site_id, client_id, body)
  VALUES (NEW.tenant_id, NEW.at, NEW.action, NEW.outcome, NEW.user_id, NEW.role, NEW.target_kind, NEW.target_id, NEW.site_id, NEW.client_id, NEW.body);
  PERFORM set_config('app.tenant_id', tenant_before, true);
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER append_at_commit AFTER INSERT ON "audit_inbox"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION append_waiting_audit_event();

-- Number, previous hash and hash are the table's own work, whatever the statement says they are. Writers of one chain wait here for each
-- other until they commit, so that each sees the end of the one before. The hash is that of app/platform/audit/chain.server.ts.
CREATE FUNCTION link_audit_event() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
  AS $$
DECLARE
  last_seq bigint;
  last_hash text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('audit:' || NEW.tenant_id::text, 0));
  -- A statement of its own, begun after the lock was won: it sees what the writer before committed.
  SELECT seq, hash INTO last_seq, last_hash FROM audit_events WHERE tenant_id = NEW.tenant_id ORDER BY seq DESC LIMIT 1;
  NEW.seq := coalesce(last_seq, 0) + 1;
  NEW.previous_hash := coalesce(last_hash, repeat('0', 64));
  NEW.hash := encode(sha256(convert_to(NEW.previous_hash || E'\n' || NEW.seq::text || E'\n' || NEW.body, 'UTF8')), 'hex');
  RETURN NEW;
END
$$;
CREATE TRIGGER link_to_chain BEFORE INSERT ON "audit_events" FOR EACH ROW EXECUTE FUNCTION link_audit_event();

CREATE FUNCTION remember_audit_end() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
  AS $$
BEGIN
  INSERT INTO audit_chains (id, head_seq, head_hash) VALUES (NEW.tenant_id, NEW.seq, NEW.hash)
    ON CONFLICT (id) DO UPDATE SET head_seq = excluded.head_seq, head_hash = excluded.head_hash;
  RETURN NULL;
END
$$;
CREATE TRIGGER remember_end AFTER INSERT ON "audit_events" FOR EACH ROW EXECUTE FUNCTION remember_audit_end();

-- The register of ends only follows the chains: forward, to an event that is there, and under the tenant whose event it is.
CREATE FUNCTION check_audit_end() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
  AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM audit_events WHERE tenant_id = NEW.id AND seq = NEW.head_seq AND hash = NEW.head_hash)
    OR (TG_OP = 'UPDATE' AND (NEW.id <> OLD.id OR NEW.head_seq <= OLD.head_seq)) THEN
    RAISE EXCEPTION 'permission denied: the end of an audit chain follows its events' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER check_end BEFORE INSERT OR UPDATE ON "audit_chains" FOR EACH ROW EXECUTE FUNCTION check_audit_end();
