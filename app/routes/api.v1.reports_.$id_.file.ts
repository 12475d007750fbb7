// GET /api/v1/reports/{id}/file; any other method is refused by the use case.
import { answerFile, type ReportRouteArgs } from '#app/features/reports/report-api.server.ts';

export function loader(args: ReportRouteArgs): Promise<Response> {
  return answerFile(args);
}
