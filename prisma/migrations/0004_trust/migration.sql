-- Who of the platform's people was inside a workspace is no secret from it: its log shows their names. The policy of workspace_entries
-- narrows the question to the stays of the transaction's own workspace.
CREATE POLICY visiting_staff ON "users" FOR SELECT USING (
  EXISTS (SELECT FROM "workspace_entries" e WHERE e."user_id" = "users"."id" AND e."tenant_id" = current_tenant_id())
);
