// GET /profile/data.json: everything the product holds about the person, as a download.
import type { LoaderFunctionArgs } from '@remix-run/node';
import { exportOwnData } from '#app/features/accounts/own/own-data.server.ts';
import { requirePerson } from '#app/features/accounts/visit.server.ts';

export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { deps, visit, actor } = await requirePerson(args);
  const headers = { 'Cache-Control': 'no-store', 'Content-Disposition': 'attachment; filename="hashinsight-account.json"' };
  return Response.json(await exportOwnData(deps, visit, actor.userId), { headers });
}
