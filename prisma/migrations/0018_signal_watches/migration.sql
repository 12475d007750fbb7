-- Who wants to be told when a signal of the market turns on or off, and what they were told (docs/decisions/0100-indicators.md).

CREATE TABLE "signal_watches" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tenant_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "signal" TEXT NOT NULL,
    -- What the signal was when it was last judged; null: not known.
    "is_on" BOOLEAN,
    -- Opening of the last candle that was judged: what came before is told or was none of the person's business.
    "judged_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "signal_watches_pkey" PRIMARY KEY ("id")
);

-- One change of one watch, with what the message says. One a day, whoever judges how often.
CREATE TABLE "signal_news" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tenant_id" UUID NOT NULL,
    "watch_id" UUID NOT NULL,
    -- Opening of the candle on which it turned.
    "at" TIMESTAMPTZ(3) NOT NULL,
    "is_on" BOOLEAN NOT NULL,
    "facts" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- When its letter was put on its way; null: not yet.
    "told_at" TIMESTAMPTZ(3),

    CONSTRAINT "signal_news_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "signal_watches_tenant_id_id_key" ON "signal_watches"("tenant_id", "id");
CREATE UNIQUE INDEX "signal_watches_tenant_id_user_id_signal_key" ON "signal_watches"("tenant_id", "user_id", "signal");
CREATE UNIQUE INDEX "signal_news_watch_id_at_key" ON "signal_news"("watch_id", "at");
CREATE INDEX "signal_news_tenant_id_watch_id_at_idx" ON "signal_news"("tenant_id", "watch_id", "at");
CREATE INDEX "signal_news_untold_idx" ON "signal_news"("tenant_id", "id") WHERE "told_at" IS NULL;

-- Whoever leaves the workspace leaves the watches.
ALTER TABLE "signal_watches" ADD CONSTRAINT "signal_watches_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "signal_news" ADD CONSTRAINT "signal_news_tenant_id_watch_id_fkey" FOREIGN KEY ("tenant_id", "watch_id") REFERENCES "signal_watches"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

CALL isolate_by_tenant('signal_watches');
CALL isolate_by_tenant('signal_news');
GRANT SELECT, INSERT, UPDATE, DELETE ON "signal_watches" TO hashinsight_app;
GRANT SELECT, INSERT ON "signal_news" TO hashinsight_app;
GRANT UPDATE ("told_at") ON "signal_news" TO hashinsight_app;

-- Workspaces in which somebody watches. No row of a workspace: the worker belongs to none and could not ask otherwise.
CREATE TABLE "signal_tenants" (
    "id" UUID NOT NULL,

    CONSTRAINT "signal_tenants_pkey" PRIMARY KEY ("id")
);
GRANT SELECT, INSERT ON "signal_tenants" TO hashinsight_app;

CREATE FUNCTION signal_register() RETURNS trigger
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
  AS $$
BEGIN
  INSERT INTO signal_tenants (id) VALUES (NEW.tenant_id) ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
CREATE TRIGGER signal_register AFTER INSERT ON "signal_watches" FOR EACH ROW EXECUTE FUNCTION signal_register();
