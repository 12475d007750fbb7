-- Alerts: what the rules are set to, what they found, what people did about it, and who was told (docs/decisions/0096-alerts.md).

-- What a workspace, or one of its sites, set a rule to; a rule without a row is as it comes.
CREATE TABLE "alert_rules" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tenant_id" UUID NOT NULL,
    "site_id" UUID,
    "rule" TEXT NOT NULL,
    "change" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_rules_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "alerts" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "rule" TEXT NOT NULL,
    "severity" SMALLINT NOT NULL,
    "scope" TEXT NOT NULL,
    "scope_key" TEXT NOT NULL,
    "evidence" JSONB NOT NULL,
    "occurrences" INTEGER NOT NULL DEFAULT 1,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "resolution" TEXT,
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_by" UUID,
    "snoozed_until" TIMESTAMPTZ(3),
    "assignee_id" UUID,

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "alerts_severity_known" CHECK ("severity" BETWEEN 0 AND 3),
    CONSTRAINT "alerts_scope_known" CHECK ("scope" IN ('machine', 'site', 'building', 'container', 'rack', 'subnet')),
    CONSTRAINT "alerts_resolved_has_reason" CHECK (("resolved_at" IS NULL) = ("resolution" IS NULL))
);

-- Each machine that is or was in an alert, with what a restart needs to go on from.
CREATE TABLE "alert_members" (
    "tenant_id" UUID NOT NULL,
    "alert_id" UUID NOT NULL,
    "machine_id" UUID NOT NULL,
    "since_at" TIMESTAMPTZ(3) NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,
    "left_at" TIMESTAMPTZ(3),
    "left_because" TEXT,
    "openings_s" INTEGER[] NOT NULL DEFAULT '{}',
    "evidence" JSONB NOT NULL,

    CONSTRAINT "alert_members_pkey" PRIMARY KEY ("alert_id", "machine_id")
);

-- What happened to an alert, by itself or by people; append only but for the mark of what is still to be told.
CREATE TABLE "alert_events" (
    "id" BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY,
    "tenant_id" UUID NOT NULL,
    "alert_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "user_id" UUID,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "is_news" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "alert_events_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "alert_events_kind_known" CHECK ("kind" IN ('opened', 'reopened', 'raised', 'resolved', 'acknowledged', 'snoozed', 'woken', 'assigned', 'commented'))
);

CREATE TABLE "alert_baselines" (
    "tenant_id" UUID NOT NULL,
    "machine_id" UUID NOT NULL,
    "memory" JSONB NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_baselines_pkey" PRIMARY KEY ("tenant_id", "machine_id")
);

-- One row a site: whoever writes alerts of it names the revision that it has seen, so that two processes never both think they know.
CREATE TABLE "alert_watches" (
    "tenant_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "alert_watches_pkey" PRIMARY KEY ("tenant_id", "site_id")
);

-- Where alerts are told.
CREATE TABLE "alert_channels" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tenant_id" UUID NOT NULL,
    "site_id" UUID,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "sealed_secret" TEXT,
    "language" TEXT NOT NULL,
    "least_severity" SMALLINT NOT NULL,
    "messages_per_hour" INTEGER NOT NULL,
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_channels_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "alert_channels_kind_known" CHECK ("kind" IN ('email', 'webhook')),
    CONSTRAINT "alert_channels_language_known" CHECK ("language" IN ('en', 'zh')),
    CONSTRAINT "alert_channels_severity_known" CHECK ("least_severity" BETWEEN 0 AND 3),
    CONSTRAINT "alert_channels_budget_range" CHECK ("messages_per_hour" BETWEEN 1 AND 1000),
    CONSTRAINT "alert_channels_webhook_is_signed" CHECK (("kind" = 'webhook') = ("sealed_secret" IS NOT NULL))
);

-- One thing to tell on one channel. Those of one message share its id: several are a digest. Without one it waits for the budget.
CREATE TABLE "alert_deliveries" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tenant_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "event_id" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "message_id" UUID,
    "sent_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "alert_deliveries_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "alert_rules_tenant_id_site_id_rule_key" ON "alert_rules"("tenant_id", "site_id", "rule") NULLS NOT DISTINCT;
CREATE UNIQUE INDEX "alerts_tenant_id_id_key" ON "alerts"("tenant_id", "id");
-- One open alert for one rule on one thing.
CREATE UNIQUE INDEX "alerts_open_key" ON "alerts"("tenant_id", "site_id", "rule", "scope", "scope_key") WHERE "resolved_at" IS NULL;
CREATE INDEX "alerts_tenant_id_opened_at_id_idx" ON "alerts"("tenant_id", "opened_at", "id");
CREATE INDEX "alerts_snoozed_until_idx" ON "alerts"("tenant_id", "snoozed_until") WHERE "snoozed_until" IS NOT NULL;
CREATE INDEX "alert_members_tenant_id_machine_id_idx" ON "alert_members"("tenant_id", "machine_id");
CREATE INDEX "alert_events_tenant_id_alert_id_id_idx" ON "alert_events"("tenant_id", "alert_id", "id");
CREATE UNIQUE INDEX "alert_events_tenant_id_id_key" ON "alert_events"("tenant_id", "id");
CREATE INDEX "alert_events_news_idx" ON "alert_events"("tenant_id", "id") WHERE "is_news";
CREATE UNIQUE INDEX "alert_channels_tenant_id_id_key" ON "alert_channels"("tenant_id", "id");
CREATE UNIQUE INDEX "alert_channels_tenant_id_name_key" ON "alert_channels"("tenant_id", "name");
CREATE UNIQUE INDEX "alert_deliveries_channel_id_event_id_key" ON "alert_deliveries"("channel_id", "event_id");
CREATE INDEX "alert_deliveries_tenant_id_channel_id_sent_at_idx" ON "alert_deliveries"("tenant_id", "channel_id", "sent_at");
CREATE INDEX "alert_deliveries_message_id_idx" ON "alert_deliveries"("message_id");

ALTER TABLE "alert_rules" ADD CONSTRAINT "alert_rules_tenant_id_site_id_fkey" FOREIGN KEY ("tenant_id", "site_id") REFERENCES "sites"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alert_rules" ADD CONSTRAINT "alert_rules_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_tenant_id_site_id_fkey" FOREIGN KEY ("tenant_id", "site_id") REFERENCES "sites"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alert_members" ADD CONSTRAINT "alert_members_tenant_id_alert_id_fkey" FOREIGN KEY ("tenant_id", "alert_id") REFERENCES "alerts"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alert_members" ADD CONSTRAINT "alert_members_tenant_id_machine_id_fkey" FOREIGN KEY ("tenant_id", "machine_id") REFERENCES "machines"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alert_events" ADD CONSTRAINT "alert_events_tenant_id_alert_id_fkey" FOREIGN KEY ("tenant_id", "alert_id") REFERENCES "alerts"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alert_baselines" ADD CONSTRAINT "alert_baselines_tenant_id_machine_id_fkey" FOREIGN KEY ("tenant_id", "machine_id") REFERENCES "machines"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alert_watches" ADD CONSTRAINT "alert_watches_tenant_id_site_id_fkey" FOREIGN KEY ("tenant_id", "site_id") REFERENCES "sites"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alert_channels" ADD CONSTRAINT "alert_channels_tenant_id_site_id_fkey" FOREIGN KEY ("tenant_id", "site_id") REFERENCES "sites"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alert_channels" ADD CONSTRAINT "alert_channels_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alert_deliveries" ADD CONSTRAINT "alert_deliveries_tenant_id_channel_id_fkey" FOREIGN KEY ("tenant_id", "channel_id") REFERENCES "alert_channels"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alert_deliveries" ADD CONSTRAINT "alert_deliveries_tenant_id_event_id_fkey" FOREIGN KEY ("tenant_id", "event_id") REFERENCES "alert_events"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

CALL isolate_by_tenant('alert_rules');
CALL isolate_by_tenant('alerts');
CALL isolate_by_tenant('alert_members');
CALL isolate_by_tenant('alert_events');
CALL isolate_by_tenant('alert_baselines');
CALL isolate_by_tenant('alert_watches');
CALL isolate_by_tenant('alert_channels');
CALL isolate_by_tenant('alert_deliveries');

GRANT SELECT, INSERT, UPDATE, DELETE ON "alert_rules", "alert_channels" TO hashinsight_app;
-- History is append only but for that mark.
GRANT SELECT, INSERT ON "alert_events" TO hashinsight_app;
GRANT UPDATE ("is_news") ON "alert_events" TO hashinsight_app;
GRANT SELECT, INSERT, UPDATE ON "alerts", "alert_members", "alert_baselines", "alert_watches", "alert_deliveries" TO hashinsight_app;
