-- Prices of power by the interval, from files, addresses and ERCOT (docs/decisions/0104-power-prices.md).

CREATE TABLE "power_price_series" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "resolution_minutes" SMALLINT NOT NULL,
    "currency" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "node" TEXT,
    "price_column" TEXT,
    "url" TEXT,
    "every_minutes" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "asked_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "failure_kind" TEXT,
    "failure_reason" TEXT,
    "failures_in_row" INTEGER NOT NULL DEFAULT 0,
    "rests_until" TIMESTAMPTZ(3),
    "etag" TEXT,
    "last_modified" TEXT,
    "rows_refused" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "power_price_series_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "power_price_series_origin" CHECK ("origin" IN ('file', 'url', 'ercot-dam', 'ercot-rtm')),
    CONSTRAINT "power_price_series_resolution" CHECK ("resolution_minutes" IN (5, 15, 30, 60)),
    CONSTRAINT "power_price_series_unit" CHECK ("unit" IN ('perMwh', 'perKwh', 'centsPerKwh')),
    CONSTRAINT "power_price_series_url" CHECK (("origin" = 'url') = ("url" IS NOT NULL)),
    CONSTRAINT "power_price_series_every" CHECK (("origin" = 'file') = ("every_minutes" IS NULL))
);
CREATE UNIQUE INDEX "power_price_series_tenant_id_id_key" ON "power_price_series"("tenant_id", "id");
CREATE UNIQUE INDEX "power_price_series_tenant_id_name_key" ON "power_price_series"("tenant_id", "name");
ALTER TABLE "power_price_series" ADD CONSTRAINT "power_price_series_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a MWh costs in the interval that begins then. No row: unknown.
CREATE TABLE "power_prices" (
    "tenant_id" UUID NOT NULL,
    "series_id" UUID NOT NULL,
    "start_at" TIMESTAMPTZ(0) NOT NULL,
    "price_per_mwh" DOUBLE PRECISION NOT NULL,
    "source" TEXT NOT NULL,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "power_prices_pkey" PRIMARY KEY ("series_id", "start_at"),
    CONSTRAINT "power_prices_believable" CHECK ("price_per_mwh" BETWEEN -10000 AND 100000)
);
ALTER TABLE "power_prices" ADD CONSTRAINT "power_prices_tenant_id_series_id_fkey" FOREIGN KEY ("tenant_id", "series_id") REFERENCES "power_price_series"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Workspaces with a series that is fetched. No row of a workspace: a worker belongs to none and could not ask otherwise.
CREATE TABLE "power_price_tenants" (
    "id" UUID NOT NULL,

    CONSTRAINT "power_price_tenants_pkey" PRIMARY KEY ("id")
);

CALL isolate_by_tenant('power_price_series');
CALL isolate_by_tenant('power_prices');

GRANT SELECT, INSERT, UPDATE, DELETE ON "power_price_series", "power_prices" TO hashinsight_app;
GRANT SELECT, INSERT ON "power_price_tenants" TO hashinsight_app;
