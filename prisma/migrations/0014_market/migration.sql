-- Several sources a figure, how the last value was chosen, and histories of the market. Public figures: they belong to no tenant
-- (docs/decisions/0103-market-consensus.md).

ALTER TABLE "market_figures" ADD COLUMN "basis" JSONB;

-- CreateTable
CREATE TABLE "market_readings" (
    "figure" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "source_url" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "observed_at" TIMESTAMPTZ(6) NOT NULL,
    "fetched_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "market_readings_pkey" PRIMARY KEY ("figure","source")
);

-- CreateTable
CREATE TABLE "market_sources" (
    "source" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(6) NOT NULL,
    "answered_at" TIMESTAMPTZ(6),
    "latency_ms" INTEGER,
    "recent" TEXT NOT NULL DEFAULT '',
    "failures_in_row" INTEGER NOT NULL DEFAULT 0,
    "open_until" TIMESTAMPTZ(6),
    "failed_at" TIMESTAMPTZ(6),
    "failure_kind" TEXT,
    "failure_reason" TEXT,

    CONSTRAINT "market_sources_pkey" PRIMARY KEY ("source","url")
);

-- CreateTable
CREATE TABLE "market_candles" (
    "interval" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(6) NOT NULL,
    "open_usd" DOUBLE PRECISION NOT NULL,
    "high_usd" DOUBLE PRECISION NOT NULL,
    "low_usd" DOUBLE PRECISION NOT NULL,
    "close_usd" DOUBLE PRECISION NOT NULL,
    "volume_btc" DOUBLE PRECISION,
    "source" TEXT NOT NULL,

    CONSTRAINT "market_candles_pkey" PRIMARY KEY ("interval","opened_at")
);

-- CreateTable
CREATE TABLE "market_epochs" (
    "epoch" INTEGER NOT NULL,
    "began_at" TIMESTAMPTZ(6),
    "difficulty" DOUBLE PRECISION NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "market_epochs_pkey" PRIMARY KEY ("epoch")
);

-- CreateTable
CREATE TABLE "market_days" (
    "figure" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "market_days_pkey" PRIMARY KEY ("figure","day")
);

-- CreateTable
CREATE TABLE "market_documents" (
    "name" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "source" TEXT NOT NULL,
    "observed_at" TIMESTAMPTZ(6) NOT NULL,
    "fetched_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "market_documents_pkey" PRIMARY KEY ("name")
);

GRANT SELECT, INSERT, UPDATE ON "market_readings", "market_sources", "market_candles", "market_epochs", "market_days", "market_documents" TO hashinsight_app;
