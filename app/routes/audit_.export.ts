// GET /audit/export: the filtered log as a file.
import type { LoaderFunctionArgs } from '@remix-run/node';
import { readAuditQuery } from '#app/features/audit/audit-query.ts';
import { exportAudit } from '#app/features/audit/read-audit.server.ts';
import { sayAuditFaults } from '#app/features/audit/say-audit-faults.server.ts';

const TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' } as const;

export async function loader({ request, context }: LoaderFunctionArgs): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const { query, faults } = readAuditQuery(searchParams);
  if (faults.length > 0) return sayAuditFaults(request, faults);
  const format = searchParams.get('format') === 'jsonl' ? 'jsonl' : 'csv';
  const { address, requestId } = context;
  const body = await exportAudit(await context.getActor(), query, format, { address, requestId });
  return new Response(body, {
    headers: {
      'Content-Type': TYPES[format],
      'Content-Disposition': `attachment; filename="hashinsight-audit.${format}"`,
      'Cache-Control': 'private, no-store',
    },
  });
}
