-- The two sides of a hosting contract for rows whose file names what the client pays (docs/decisions/0081-batches.md). NULL: the row names none.

-- AlterTable
ALTER TABLE "batch_rows"
  ADD COLUMN "client_power_usd_per_kwh" DOUBLE PRECISION,
  ADD COLUMN "client_net_usd_per_day" DOUBLE PRECISION,
  ADD COLUMN "host_net_usd_per_day" DOUBLE PRECISION;
