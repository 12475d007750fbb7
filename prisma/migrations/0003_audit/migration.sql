-- The audit log: one chain of events per workspace, appended and never changed (docs/decisions/0072-audit.md), the narrower rights of
-- single members, and what platform staff did inside a workspace (docs/decisions/0071-permissions.md).

-- CreateTable
CREATE TABLE "audit_events" (
    "tenant_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
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
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("tenant_id","seq")
);

-- CreateTable
CREATE TABLE "audit_chains" (
    "id" UUID NOT NULL,
    "head_seq" BIGINT NOT NULL,
    "head_hash" TEXT NOT NULL,

    CONSTRAINT "audit_chains_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role_grants" (
    "tenant_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "target_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "role_grants_pkey" PRIMARY KEY ("tenant_id","user_id","kind","target_id")
);

-- CreateTable
CREATE TABLE "workspace_entries" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tenant_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "entered_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "left_at" TIMESTAMPTZ(6),

    CONSTRAINT "workspace_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform_staff" (
    "user_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "platform_staff_pkey" PRIMARY KEY ("user_id")
);

-- CreateIndex
CREATE INDEX "audit_events_tenant_id_action_seq_idx" ON "audit_events"("tenant_id", "action", "seq");

-- CreateIndex
CREATE INDEX "audit_events_tenant_id_user_id_seq_idx" ON "audit_events"("tenant_id", "user_id", "seq");

-- CreateIndex
CREATE INDEX "audit_events_tenant_id_client_id_seq_idx" ON "audit_events"("tenant_id", "client_id", "seq");

-- CreateIndex
CREATE INDEX "workspace_entries_tenant_id_user_id_idx" ON "workspace_entries"("tenant_id", "user_id");

-- AddForeignKey
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "platform_staff" ADD CONSTRAINT "platform_staff_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CALL isolate_by_tenant('audit_events');
CALL isolate_by_tenant('role_grants');
CALL isolate_by_tenant('workspace_entries');

-- Whoever is asked who they are has no workspace yet; their own stays are theirs to know.
CREATE POLICY own_entries ON "workspace_entries" FOR SELECT USING (current_tenant_id() IS NULL AND "user_id" = current_user_id());

-- Appended only: no UPDATE, no DELETE, no TRUNCATE for the running application.
GRANT SELECT, INSERT ON "audit_events" TO hashinsight_app;
-- The end of each chain, so that a chain that was cut off is told from one that is short. It holds no row of a workspace, only its
-- number, and is how the relay and the verifier know which chains there are.
GRANT SELECT, INSERT, UPDATE ON "audit_chains" TO hashinsight_app;
GRANT SELECT, INSERT, DELETE ON "role_grants" TO hashinsight_app;
-- What was entered stays on record; only the end of a stay may be written, and no stay may be made longer.
GRANT SELECT, INSERT, UPDATE ("left_at") ON "workspace_entries" TO hashinsight_app;
-- Who is staff is decided by the owner of the installation, not by the application.
GRANT SELECT ON "platform_staff" TO hashinsight_app;

ALTER TABLE "audit_events"
  ADD CONSTRAINT "audit_events_outcome_known" CHECK ("outcome" IN ('succeeded', 'refused', 'failed')),
  ADD CONSTRAINT "audit_events_seq_positive" CHECK ("seq" > 0),
  ADD CONSTRAINT "audit_events_hashes" CHECK ("hash" ~ '^[0-9a-f]{64}$' AND "previous_hash" ~ '^[0-9a-f]{64}$');
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_kind_known" CHECK ("kind" IN ('site', 'client'));
-- Four hours at the longest: a stay that needs more is entered again, with a reason of its own.
ALTER TABLE "workspace_entries"
  ADD CONSTRAINT "workspace_entries_reason_given" CHECK (length(btrim("reason")) BETWEEN 10 AND 500),
  ADD CONSTRAINT "workspace_entries_are_short" CHECK ("expires_at" > "entered_at" AND "expires_at" <= "entered_at" + interval '4 hours');

-- Appends one event to the chain of the current tenant, in the transaction of the act that it records. The lock makes concurrent
-- writers of one workspace wait for each other until they commit, so that each sees the end of the one before; other workspaces are
-- not held up. The hash is that of app/platform/audit/chain.server.ts.
CREATE FUNCTION append_audit_event(
  event_at timestamptz, event_action text, event_outcome text, event_user_id uuid, event_role text,
  event_target_kind text, event_target_id text, event_site_id uuid, event_client_id uuid, event_body text
) RETURNS bigint
  LANGUAGE plpgsql
  AS $$
DECLARE
  chain uuid := current_tenant_id();
  last_seq bigint;
  last_hash text;
  next_hash text;
BEGIN
  IF chain IS NULL THEN
    RAISE EXCEPTION 'an audit event needs a tenant' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('audit:' || chain::text, 0));
  -- A statement of its own, begun after the lock was won: it sees what the writer before committed.
  SELECT seq, hash INTO last_seq, last_hash FROM audit_events WHERE tenant_id = chain ORDER BY seq DESC LIMIT 1;
  last_seq := coalesce(last_seq, 0);
  last_hash := coalesce(last_hash, repeat('0', 64));
  next_hash := encode(sha256(convert_to(last_hash || E'\n' || (last_seq + 1)::text || E'\n' || event_body, 'UTF8')), 'hex');
  INSERT INTO audit_events
    (tenant_id, seq, at, action, outcome, user_id, role, target_kind, target_id, site_id, client_id, body, previous_hash, hash)
  VALUES
    (chain, last_seq + 1, event_at, event_action, event_outcome, event_user_id, event_role, event_target_kind, event_target_id,
     event_site_id, event_client_id, event_body, last_hash, next_hash);
  INSERT INTO audit_chains (id, head_seq, head_hash) VALUES (chain, last_seq + 1, next_hash)
    ON CONFLICT (id) DO UPDATE SET head_seq = excluded.head_seq, head_hash = excluded.head_hash;
  RETURN last_seq + 1;
END
$$;
