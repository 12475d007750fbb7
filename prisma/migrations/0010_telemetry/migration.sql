-- What machines said, minute by minute, and what it comes to (docs/decisions/0094-telemetry-storage.md). Machines and sites stand here by their number of four
-- bytes. The four layers are cut into partitions by time; telemetry_upkeep makes and drops them.

-- One row for each machine and poll. Columns stand in the order of their width, so that none is padded; seconds instead of a time stamp save
-- twelve bytes a row with its index entry.
CREATE TABLE "telemetry_samples" (
    "at_s" INTEGER NOT NULL,
    "machine" INTEGER NOT NULL,
    "site" INTEGER NOT NULL,
    "hashrate_ths" REAL,
    "power_w" REAL,
    "accepted_shares" INTEGER,
    "rejected_shares" INTEGER,
    "hardware_errors" INTEGER,
    "uptime_s" INTEGER,
    "chip_temperature_c" SMALLINT,
    "board_temperature_c" SMALLINT,
    "inlet_temperature_c" SMALLINT,
    "fan_rpm" SMALLINT,
    "boards_alive" SMALLINT,
    "chips" SMALLINT,
    "state" SMALLINT NOT NULL,
    "trouble" SMALLINT NOT NULL,
    "tenant_id" UUID NOT NULL,

    CONSTRAINT "telemetry_samples_pkey" PRIMARY KEY ("machine","at_s")
) PARTITION BY RANGE ("at_s");

-- The last that is known of each machine.
CREATE TABLE "telemetry_live" (
    "machine" INTEGER NOT NULL,
    "site" INTEGER NOT NULL,
    "at_s" INTEGER NOT NULL,
    "read_at_s" INTEGER,
    "hashrate_ths" REAL,
    "power_w" REAL,
    "chip_temperature_c" SMALLINT,
    "fan_rpm" SMALLINT,
    "boards_alive" SMALLINT,
    "state" SMALLINT NOT NULL,
    "trouble" SMALLINT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "trouble_detail" TEXT,
    "snapshot" JSON,

    CONSTRAINT "telemetry_live_pkey" PRIMARY KEY ("machine")
);

-- Five minutes of a site, and of each client's machines on it.
CREATE TABLE "telemetry_site_slots" (
    "at" TIMESTAMPTZ(0) NOT NULL,
    "hashed_th" DOUBLE PRECISION NOT NULL,
    "delivered_th" DOUBLE PRECISION NOT NULL,
    "owed_th" DOUBLE PRECISION NOT NULL,
    "unknown_th" DOUBLE PRECISION NOT NULL,
    "energy_machine_kwh" DOUBLE PRECISION NOT NULL,
    "energy_rated_kwh" DOUBLE PRECISION NOT NULL,
    "site" INTEGER NOT NULL,
    "machines" INTEGER NOT NULL,
    "unrated_machines" INTEGER NOT NULL,
    "samples" INTEGER NOT NULL,
    "failed_samples" INTEGER NOT NULL,
    "hashing_s" INTEGER NOT NULL,
    "curtailed_s" INTEGER NOT NULL,
    "planned_s" INTEGER NOT NULL,
    "faulty_s" INTEGER NOT NULL,
    "unknown_s" INTEGER NOT NULL,
    "read_s" INTEGER NOT NULL,
    "power_known_s" INTEGER NOT NULL,
    "chip_temperature_max_c" SMALLINT,
    "client_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,

    CONSTRAINT "telemetry_site_slots_pkey" PRIMARY KEY ("site","client_id","at")
) PARTITION BY RANGE ("at");

-- An hour of a machine, with its five-minute means.
CREATE TABLE "telemetry_machine_hours" (
    "at" TIMESTAMPTZ(0) NOT NULL,
    "machine" INTEGER NOT NULL,
    "site" INTEGER NOT NULL,
    "hashed_th" REAL NOT NULL,
    "delivered_th" REAL,
    "rated_ths" REAL,
    "hashrate_min_ths" REAL,
    "hashrate_max_ths" REAL,
    "energy_machine_kwh" REAL NOT NULL,
    "energy_rated_kwh" REAL NOT NULL,
    "accepted_shares" INTEGER,
    "rejected_shares" INTEGER,
    "hardware_errors" INTEGER,
    "samples" SMALLINT NOT NULL,
    "failed_samples" SMALLINT NOT NULL,
    "hashing_s" SMALLINT NOT NULL,
    "curtailed_s" SMALLINT NOT NULL,
    "planned_s" SMALLINT NOT NULL,
    "faulty_s" SMALLINT NOT NULL,
    "unknown_s" SMALLINT NOT NULL,
    "read_s" SMALLINT NOT NULL,
    "power_known_s" SMALLINT NOT NULL,
    "chip_temperature_max_c" SMALLINT,
    "board_temperature_max_c" SMALLINT,
    "inlet_temperature_max_c" SMALLINT,
    "client_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "hashrate_slots_ths" REAL[],
    "power_slots_w" REAL[],

    CONSTRAINT "telemetry_machine_hours_pkey" PRIMARY KEY ("machine","at")
) PARTITION BY RANGE ("at");

-- A day of a machine, from midnight to midnight at its site.
CREATE TABLE "telemetry_machine_days" (
    "at" TIMESTAMPTZ(0) NOT NULL,
    "machine" INTEGER NOT NULL,
    "site" INTEGER NOT NULL,
    "hashed_th" REAL NOT NULL,
    "delivered_th" REAL,
    "owed_th" REAL,
    "unknown_th" REAL,
    "hashrate_min_ths" REAL,
    "hashrate_max_ths" REAL,
    "energy_machine_kwh" REAL NOT NULL,
    "energy_rated_kwh" REAL NOT NULL,
    "accepted_shares" INTEGER,
    "rejected_shares" INTEGER,
    "hardware_errors" INTEGER,
    "samples" INTEGER NOT NULL,
    "failed_samples" INTEGER NOT NULL,
    "hashing_s" INTEGER NOT NULL,
    "curtailed_s" INTEGER NOT NULL,
    "planned_s" INTEGER NOT NULL,
    "faulty_s" INTEGER NOT NULL,
    "unknown_s" INTEGER NOT NULL,
    "read_s" INTEGER NOT NULL,
    "power_known_s" INTEGER NOT NULL,
    "chip_temperature_max_c" SMALLINT,
    "board_temperature_max_c" SMALLINT,
    "inlet_temperature_max_c" SMALLINT,
    "client_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,

    CONSTRAINT "telemetry_machine_days_pkey" PRIMARY KEY ("machine","client_id","at")
) PARTITION BY RANGE ("at");

-- Buckets whose samples have changed since they were rolled up.
CREATE TABLE "telemetry_dirty" (
    "tenant_id" UUID NOT NULL,
    "site" INTEGER NOT NULL,
    "layer" TEXT NOT NULL,
    "at" TIMESTAMPTZ(0) NOT NULL,
    "noticed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "telemetry_dirty_pkey" PRIMARY KEY ("site","layer","at")
);

-- Energy that a site's own meter counted in a quarter of an hour.
CREATE TABLE "telemetry_meter_quarters" (
    "tenant_id" UUID NOT NULL,
    "site" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(0) NOT NULL,
    "energy_kwh" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "telemetry_meter_quarters_pkey" PRIMARY KEY ("site","at")
);

-- Which workspaces have roll-ups to make, so that the tick of all of them knows whom to ask. No row of a workspace.
CREATE TABLE "telemetry_tenants" (
    "id" UUID NOT NULL,
    "stored_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "telemetry_tenants_pkey" PRIMARY KEY ("id")
);

-- Rows lie in the order of their time, so a few bytes for each stretch of pages find a span of time over all machines.
CREATE INDEX "telemetry_samples_at_s_idx" ON "telemetry_samples" USING BRIN ("at_s") WITH (pages_per_range = 32, autosummarize = on);
CREATE INDEX "telemetry_machine_hours_at_idx" ON "telemetry_machine_hours" USING BRIN ("at") WITH (pages_per_range = 32, autosummarize = on);
CREATE INDEX "telemetry_machine_days_site_at_idx" ON "telemetry_machine_days"("site", "at");
CREATE INDEX "telemetry_machine_days_client_id_at_idx" ON "telemetry_machine_days"("client_id", "at");
CREATE INDEX "telemetry_live_site_idx" ON "telemetry_live"("site");

-- Each row is written anew every minute: room in its page keeps the new version there and out of the indexes, and packing it would cost more than all the rest of storing.
ALTER TABLE "telemetry_live" SET (fillfactor = 50, toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0.1);

-- AddForeignKey
ALTER TABLE "telemetry_live" ADD CONSTRAINT "telemetry_live_machine_fkey" FOREIGN KEY ("machine") REFERENCES "machines"("number") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "telemetry_meter_quarters" ADD CONSTRAINT "telemetry_meter_quarters_site_fkey" FOREIGN KEY ("site") REFERENCES "sites"("number") ON DELETE CASCADE ON UPDATE CASCADE;

CALL isolate_by_tenant('telemetry_samples');
CALL isolate_by_tenant('telemetry_live');
CALL isolate_by_tenant('telemetry_site_slots');
CALL isolate_by_tenant('telemetry_machine_hours');
CALL isolate_by_tenant('telemetry_machine_days');
CALL isolate_by_tenant('telemetry_dirty');
CALL isolate_by_tenant('telemetry_meter_quarters');

-- The keys begin with a number and not with the workspace, which a row a minute could not afford. So nobody writes under a number that is not one of its own
-- workspace: no row of one can stand in the way of another's, and no refusal tells what another has.
CREATE POLICY own_machine ON "telemetry_samples" AS RESTRICTIVE USING (true) WITH CHECK (EXISTS (SELECT FROM machines m WHERE m.number = "telemetry_samples"."machine"));
CREATE POLICY own_machine ON "telemetry_live" AS RESTRICTIVE USING (true) WITH CHECK (EXISTS (SELECT FROM machines m WHERE m.number = "telemetry_live"."machine"));
CREATE POLICY own_machine ON "telemetry_machine_hours" AS RESTRICTIVE USING (true) WITH CHECK (EXISTS (SELECT FROM machines m WHERE m.number = "telemetry_machine_hours"."machine"));
CREATE POLICY own_machine ON "telemetry_machine_days" AS RESTRICTIVE USING (true) WITH CHECK (EXISTS (SELECT FROM machines m WHERE m.number = "telemetry_machine_days"."machine"));
CREATE POLICY own_site ON "telemetry_site_slots" AS RESTRICTIVE USING (true) WITH CHECK (EXISTS (SELECT FROM sites s WHERE s.number = "telemetry_site_slots"."site"));
CREATE POLICY own_site ON "telemetry_dirty" AS RESTRICTIVE USING (true) WITH CHECK (EXISTS (SELECT FROM sites s WHERE s.number = "telemetry_dirty"."site"));
CREATE POLICY own_site ON "telemetry_meter_quarters" AS RESTRICTIVE USING (true) WITH CHECK (EXISTS (SELECT FROM sites s WHERE s.number = "telemetry_meter_quarters"."site"));

-- Rights on the whole tables only: a partition asked for by its own name is nobody's but the owner's.
-- A sample that is there stays as it is.
GRANT SELECT, INSERT ON "telemetry_samples" TO hashinsight_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "telemetry_live", "telemetry_site_slots", "telemetry_machine_hours", "telemetry_machine_days",
  "telemetry_dirty", "telemetry_meter_quarters" TO hashinsight_app;
GRANT SELECT, INSERT, UPDATE ON "telemetry_tenants" TO hashinsight_app;

ALTER TABLE "telemetry_samples"
  ADD CONSTRAINT "telemetry_samples_state_known" CHECK ("state" BETWEEN 1 AND 5),
  ADD CONSTRAINT "telemetry_samples_trouble_known" CHECK ("trouble" BETWEEN 0 AND 4);
ALTER TABLE "telemetry_dirty"
  ADD CONSTRAINT "telemetry_dirty_layer_known" CHECK ("layer" IN ('slot', 'hour', 'day'));

-- The layers with the width of their partitions. Whole days since 1970, UTC.
CREATE FUNCTION telemetry_layers() RETURNS TABLE (layer text, width_days integer, is_seconds boolean)
  LANGUAGE sql IMMUTABLE
  AS $$ VALUES ('telemetry_samples', 1, true), ('telemetry_site_slots', 28, false), ('telemetry_machine_hours', 7, false), ('telemetry_machine_days', 364, false) $$;

-- Makes the partitions of one layer that a span of time needs and that are not there. Built apart and attached empty: readers and writers of the layer go on meanwhile.
CREATE FUNCTION make_telemetry_partitions(wanted_layer text, from_at timestamptz, to_at timestamptz) RETURNS text[]
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
  SET timezone = 'UTC'
  AS $$
DECLARE
  width integer;
  in_seconds boolean;
  first_day integer;
  part text;
  from_value text;
  to_value text;
  made text[] := '{}';
BEGIN
  SELECT width_days, is_seconds INTO STRICT width, in_seconds FROM telemetry_layers() WHERE layer = wanted_layer;
  first_day := floor(extract(epoch FROM from_at) / 86400 / width)::integer * width;
  WHILE first_day * 86400::bigint < extract(epoch FROM to_at) LOOP
    part := wanted_layer || to_char(to_timestamp(first_day * 86400::bigint), '"_"YYYYMMDD');
    IF to_regclass(part) IS NULL THEN
      IF in_seconds THEN
        from_value := (first_day * 86400)::text;
        to_value := ((first_day + width) * 86400)::text;
      ELSE
        from_value := quote_literal(to_timestamp(first_day * 86400::bigint)::text);
        to_value := quote_literal(to_timestamp((first_day + width) * 86400::bigint)::text);
      END IF;
      EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)', part, wanted_layer);
      EXECUTE format('CALL isolate_by_tenant(%L)', part);
      EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', wanted_layer, part, from_value, to_value);
      made := made || part;
    END IF;
    first_day := first_day + width;
  END LOOP;
  RETURN made;
END
$$;

-- Partitions for the days around `now_at` are there afterwards, and those whose last instant is more than `keep_days` old are not; 0 days keeps all.
-- What somebody is reading for longer than half a second is left to the next call.
CREATE FUNCTION keep_telemetry_layer(wanted_layer text, keep_days integer, now_at timestamptz) RETURNS TABLE (made text[], dropped text[])
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
  SET timezone = 'UTC'
  SET lock_timeout = '500ms'
  AS $$
DECLARE
  width integer;
  part record;
  back_days integer := CASE WHEN keep_days = 0 THEN 2 ELSE least(keep_days, 2) END;
BEGIN
  SELECT width_days INTO STRICT width FROM telemetry_layers() WHERE layer = wanted_layer;
  IF keep_days IS NULL OR keep_days < 0 OR keep_days > 36500 THEN
    RAISE EXCEPTION 'days to keep of % is %, allowed: 0 (all) to 36500', wanted_layer, keep_days USING ERRCODE = 'invalid_parameter_value';
  END IF;
  made := '{}';
  dropped := '{}';
  BEGIN
    made := make_telemetry_partitions(wanted_layer, now_at - make_interval(days => back_days), now_at + interval '3 days');
  EXCEPTION WHEN lock_not_available THEN
    made := '{}';
  END;
  IF keep_days > 0 THEN
    FOR part IN
      SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = wanted_layer::regclass
        AND to_date(right(c.relname, 8), 'YYYYMMDD') + width <= (now_at - make_interval(days => keep_days))::date
      ORDER BY 1
    LOOP
      BEGIN
        EXECUTE format('DROP TABLE %I', part.name);
        dropped := dropped || part.name::text;
      EXCEPTION WHEN lock_not_available THEN
        EXIT;
      END;
    END LOOP;
  END IF;
  RETURN NEXT;
END
$$;

-- The application owns no table, so this is done with the owner's right: it names no row, shows none, and takes its clock from the database.
CREATE FUNCTION telemetry_upkeep(wanted_layer text, keep_days integer) RETURNS TABLE (made text[], dropped text[])
  LANGUAGE sql
  SECURITY DEFINER
  SET search_path = public, pg_temp
  AS $$ SELECT made, dropped FROM keep_telemetry_layer(wanted_layer, keep_days, now()) $$;

REVOKE EXECUTE ON FUNCTION telemetry_layers(), make_telemetry_partitions(text, timestamptz, timestamptz), keep_telemetry_layer(text, integer, timestamptz),
  telemetry_upkeep(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION telemetry_upkeep(text, integer) TO hashinsight_app;

-- What is measured today has a place from the first minute.
SELECT keep_telemetry_layer(layer, 0, now()) FROM telemetry_layers();
