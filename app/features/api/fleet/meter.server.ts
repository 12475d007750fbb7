/** `POST /api/v1/sites/{id}/meter`: what the site's own meter counted, by quarters of an hour (decision 0094). */

import { toFault } from '#app/features/api/wire/fault.ts';
import {
  answerFaults,
  answerNotFound,
  answerWorkspace,
  toJson,
  type WorkspaceArgs,
  withBody,
  withId,
} from '#app/features/api/wire/workspace-requests.server.ts';
import { getSitesDeps } from '#app/features/sites/scope.server.ts';
import { findBadQuarters, METER_FIELDS, MeterReadingsSchema } from '#app/features/telemetry/energy/meter-readings.ts';
import { takeMeterReadings } from '#app/features/telemetry/energy/take-meter.server.ts';

/** Faults of one answer. */
const MAX_FAULTS = 50;

export function answerSiteMeter(args: WorkspaceArgs, siteId = ''): Promise<Response> {
  return answerWorkspace(args, {
    POST: ({ request, caller }) =>
      withId(request, [siteId], () =>
        withBody(request, MeterReadingsSchema, METER_FIELDS, async (readings) => {
          const bad = findBadQuarters(readings, Date.now() / 1000).slice(0, MAX_FAULTS);
          if (bad.length > 0) {
            return answerFaults(
              request,
              bad.map((place) => toFault(`quarters[${place}].atS`, readings.quarters[place]?.atS, 'not_a_quarter')),
            );
          }
          const written = await takeMeterReadings(getSitesDeps(), caller, siteId, readings);
          return written === null ? answerNotFound(request) : toJson({ written });
        }),
      ),
  });
}
