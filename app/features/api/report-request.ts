/** The request and the answers of `/api/v1/reports` as zod schemas: they refuse requests and become the OpenAPI document. What `inputs` may hold the reader of its kind says. */
import { z } from 'zod';

const REPORT_KINDS = ['scenario', 'batch', 'plan'] as const;
const REPORT_FORMATS = ['pdf', 'xlsx', 'pptx'] as const;
const REPORT_LANGUAGES = ['en', 'zh'] as const;
const REPORT_STATUSES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
/** Longest name of a report, in UTF-16 units. */
const MAX_NAME_LENGTH = 120;

export const ReportSubjectSchema = z.strictObject({
  kind: z.enum(REPORT_KINDS),
  /** Of a stored batch. */
  id: z.uuid().optional(),
  /** Of POST /api/v1/roi, /api/v1/roi/batch or /api/v1/curtailment/plan, by kind. */
  inputs: z.record(z.string(), z.unknown()).optional(),
});

export const ReportRequestSchema = z.strictObject({
  subject: ReportSubjectSchema,
  format: z.enum(REPORT_FORMATS),
  language: z.enum(REPORT_LANGUAGES),
  name: z.string().min(1).max(MAX_NAME_LENGTH).optional(),
});
export type ReportRequest = z.infer<typeof ReportRequestSchema>;

export const ReportOrderedSchema = z.strictObject({ id: z.uuid() });

export const ReportAnswerSchema = z.strictObject({
  id: z.uuid(),
  kind: z.enum(REPORT_KINDS),
  format: z.enum(REPORT_FORMATS),
  language: z.enum(REPORT_LANGUAGES),
  name: z.string(),
  status: z.enum(REPORT_STATUSES),
  progressRatio: z.number(),
  error: z.string().nullable(),
  fileName: z.string().nullable(),
  sizeBytes: z.number().int().nullable(),
  hash: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
});
