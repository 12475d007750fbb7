// GET /energy.csv: the energy or the demand of a month as a file.
import type { LoaderFunctionArgs } from '@remix-run/node';
import { readEnergyFile } from '#app/features/monitoring/energy/energy-file.server.ts';
import { readFleetReader } from '#app/features/monitoring/fleet-reader.server.ts';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const file = await readEnergyFile(await readFleetReader(context), request.url);
  if (file === null) return new Response(null, { status: 404, headers: { 'Cache-Control': 'no-store' } });
  return new Response(file.text, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${file.name}"`,
      'Cache-Control': 'private, no-store',
    },
  });
}
