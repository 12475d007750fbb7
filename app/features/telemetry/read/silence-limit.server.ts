/** How long a state holds when nothing newer was read, inside a query. */

import { BACK_OFF_CYCLES, BACK_OFF_S, GAP_CADENCES } from '#app/features/telemetry/layers.ts';
import { toStateCode } from '#app/features/telemetry/store/sample-state.ts';
import { Prisma } from '#app/generated/prisma/client.ts';

/** `toSilenceLimitS` of a column with the cadence in whole seconds. */
export function silenceLimit(cadenceColumn: string): Prisma.Sql {
  return Prisma.raw(
    `(greatest(${cadenceColumn}, least(${BACK_OFF_CYCLES} * ${cadenceColumn}, ${BACK_OFF_S})) + ${cadenceColumn} * 5 / 2 - ${cadenceColumn})`,
  );
}

/** Condition on a live state `l` of a machine on a site `s`: it may be shown now. A silence that was announced holds until a silent machine is asked again; it has no figures. */
export function isFreshLive(nowS: number): Prisma.Sql {
  const announced = Prisma.raw([toStateCode('curtailed'), toStateCode('planned')].join());
  return Prisma.sql`l.at_s >= ${nowS}::float8 - CASE WHEN l.trouble <> 0 AND l.state IN (${announced}) THEN ${silenceLimit('s.poll_cadence_s')}
    ELSE s.poll_cadence_s * ${GAP_CADENCES}::float8 END`;
}
