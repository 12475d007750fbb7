// A download whose address cannot be read is answered with the reasons as plain text.
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';
import type { AuditFault } from './audit-query.ts';

export async function sayAuditFaults(request: Request, faults: readonly AuditFault[]): Promise<Response> {
  const t = await i18nServer.getFixedT(request, 'audit');
  const lines = faults.map(({ field, value }) => {
    const isDay = field === 'from' || field === 'to';
    return `${field}: ${isDay ? t('fault.day', { value }) : t('fault.choice', { value })}`;
  });
  return new Response(`${lines.join('\n')}\n`, {
    status: 400,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}
