// The month table as a file, from the same parameters as the page. Works without script.
import type { LoaderFunctionArgs } from '@remix-run/node';
import { readCalculatorAnswer } from '#app/features/calculator/calculator.server.ts';
import { sayError } from '#app/features/calculator/inputs/say-error.ts';
import { toMonthRows } from '#app/features/calculator/months/month-rows.ts';
import { toMonthsCsv } from '#app/features/calculator/months/months-csv.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';
import { toLanguage } from '#app/platform/i18n/languages.ts';
import { createFormat } from '#app/ui/format.ts';

export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const [{ form, errors, answer }, t, language] = await Promise.all([
    readCalculatorAnswer(new URL(request.url)),
    i18nServer.getFixedT(request, 'calculator'),
    i18nServer.getLocale(request),
  ]);
  if (answer === null) {
    const format = createFormat(toLanguage(language));
    const lines = errors.map((error) => `${error.name}: ${sayError(t, format, error, form)}`);
    return new Response(`${[t('csv.invalid'), ...lines].join('\n')}\n`, {
      status: 400,
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    });
  }
  const currency = answer.currency.toUpperCase();
  const titles = {
    machine: t('csv.machine'),
    month: t('csv.month'),
    until: t('csv.until'),
    mined: t('csv.mined'),
    revenue: t('csv.revenue', { currency }),
    power: t('csv.power', { currency }),
    fixed: t('csv.fixed', { currency }),
    net: t('csv.net', { currency }),
    cumulative: t('csv.cumulative', { currency }),
    events: t('csv.events'),
  };
  const csv = toMonthsCsv(answer.machine.name, toMonthRows(answer), titles, (event) => t(`months.event.${event}`));
  return new Response(csv, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="hashinsight-months.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
}
