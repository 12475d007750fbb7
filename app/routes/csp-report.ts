// POST /csp-report: where browsers report what a page of ours was not allowed to do.
import type { ActionFunctionArgs } from '@remix-run/node';
import { receiveCspReport } from '#app/platform/http/receive-csp-report.server.ts';

export function action({ request }: ActionFunctionArgs): Promise<Response> {
  return receiveCspReport(request);
}
