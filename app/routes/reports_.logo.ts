// GET /reports/logo: the picture on the covers of the workspace's reports; it is changed at /reports.
import type { LoaderFunctionArgs } from '@remix-run/node';
import { readLogoFile } from '#app/features/reports/report-pages.server.ts';

export function loader(args: LoaderFunctionArgs): Promise<Response> {
  return readLogoFile(args);
}
