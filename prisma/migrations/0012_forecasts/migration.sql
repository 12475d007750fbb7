-- Back-tests of public series and the figures that forecasts of them are made from. Belong to no tenant, like the market figures.

CREATE TABLE "forecast_backtests" (
    "series" TEXT NOT NULL,
    "inputs_hash" TEXT NOT NULL,
    "result" JSONB,
    "computed_at" TIMESTAMPTZ(6),
    "progress_ratio" DOUBLE PRECISION,

    CONSTRAINT "forecast_backtests_pkey" PRIMARY KEY ("series"),
    CONSTRAINT "forecast_backtests_result_with_time" CHECK (("result" IS NULL) = ("computed_at" IS NULL)),
    CONSTRAINT "forecast_backtests_progress_range" CHECK ("progress_ratio" BETWEEN 0 AND 1)
);
GRANT SELECT, INSERT, UPDATE ON "forecast_backtests" TO hashinsight_app;
