// What a browser reports when a page broke the content security policy: the old form (report-uri) and the new one (Reporting API). Pure.
import { z } from 'zod';

/** Reports hold addresses of pages, which hold people's inputs: of every address only the part before the parameters is kept. */
const address = z
  .string()
  .max(4_000)
  .transform((text) => text.replace(/[?#].*$/s, ''));

const OldReport = z
  .object({
    'csp-report': z.object({
      'document-uri': address,
      'blocked-uri': address.optional(),
      'effective-directive': z.string().max(100).optional(),
      'violated-directive': z.string().max(1_000).optional(),
      'source-file': address.optional(),
      'line-number': z.number().optional(),
    }),
  })
  .transform(({ 'csp-report': report }) => [
    {
      page: report['document-uri'],
      blocked: report['blocked-uri'] ?? null,
      directive: report['effective-directive'] ?? report['violated-directive'] ?? null,
      source: report['source-file'] ?? null,
      line: report['line-number'] ?? null,
    },
  ]);

const NewReports = z
  .array(
    z.object({
      type: z.string().max(100),
      body: z.object({
        documentURL: address.optional(),
        blockedURL: address.optional(),
        effectiveDirective: z.string().max(100).optional(),
        sourceFile: address.nullish(),
        lineNumber: z.number().nullish(),
      }),
    }),
  )
  .max(20)
  .transform((reports) =>
    reports
      .filter(({ type }) => type === 'csp-violation')
      .map(({ body }) => ({
        page: body.documentURL ?? null,
        blocked: body.blockedURL ?? null,
        directive: body.effectiveDirective ?? null,
        source: body.sourceFile ?? null,
        line: body.lineNumber ?? null,
      })),
  );

export type Violation = {
  page: string | null;
  blocked: string | null;
  directive: string | null;
  source: string | null;
  line: number | null;
};

/** Empty when the text is no report. */
export function readViolations(text: string): Violation[] {
  try {
    const parsed = z.union([OldReport, NewReports]).safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}
