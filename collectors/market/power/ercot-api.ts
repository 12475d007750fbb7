/**
 * Settlement point prices from ERCOT's public API: day-ahead by the hour (NP4-190-CD) and real-time by the quarter (NP6-905-CD). Every request needs a subscription key and an
 * identity token that a user name and a password are exchanged for; shapes and both requests as the public documentation has them.
 */
import { z } from 'zod';
import type { FetchJson } from '../fetch-json.ts';
import { endpointUrl, type Trouble } from '../source.ts';
import type { TableRow } from './split-rows.ts';

export const ERCOT_REPORTS = ['dam', 'rtm'] as const;
export type ErcotReport = (typeof ERCOT_REPORTS)[number];
export const ERCOT_ZONE = 'America/Chicago';
export const ERCOT_RESOLUTION_MINUTES = { dam: 60, rtm: 15 } as const;
const PATHS: Readonly<Record<ErcotReport, string>> = {
  dam: '/api/public-reports/np4-190-cd/dam_stlmnt_pnt_prices',
  rtm: '/api/public-reports/np6-905-cd/spp_node_zone_hub',
};
/** Public identity of the API in its own directory, the same for everybody. */
const CLIENT_ID = 'fec253ea-0d06-4272-a5e6-b478baeecd70';
const TOKEN_PATH = '/ercotb2c.onmicrosoft.com/B2C_1_PUBAPI-ROPC-FLOW/oauth2/v2.0/token';
/** Two days of quarters are 192 rows, and a node has few types. */
const PAGE_ROWS = 2_000;

export type ErcotLogin = { subscriptionKey: string; username: string; password: string };
export type ErcotAddresses = { apiUrl: string; tokenUrl: string };
export type ErcotRequest = { report: ErcotReport; settlementPoint: string; fromDate: string; toDate: string };

const Token = z.object({ id_token: z.string().min(1) });
const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const Report = z.object({
  _meta: z.object({ totalPages: z.int().nonnegative() }),
  fields: z
    .array(z.object({ name: z.string() }))
    .min(1)
    .max(50),
  data: z.array(z.array(Scalar)).max(PAGE_ROWS),
});

/** The table as the CSV reports have it, the head being the names of the fields. */
export function parseErcotReport(body: unknown): TableRow[] | Trouble {
  const reply = Report.safeParse(body);
  if (!reply.success) return { kind: 'garbled', reason: z.prettifyError(reply.error) };
  const { fields, data, _meta: meta } = reply.data;
  if (meta.totalPages > 1) return { kind: 'refused', reason: `the answer has ${meta.totalPages} pages, one was asked for` };
  const rows = [fields.map(({ name }) => name), ...data.map((cells) => cells.map((cell) => (cell === null ? '' : String(cell))))];
  return rows.map((cells, index) => ({ line: index + 1, cells }));
}

/** Days as YYYY-MM-DD of ERCOT's calendar, both included. */
export function toErcotUrl(apiUrl: string, { report, settlementPoint, fromDate, toDate }: ErcotRequest): string {
  const query = new URLSearchParams({ deliveryDateFrom: fromDate, deliveryDateTo: toDate, settlementPoint, size: String(PAGE_ROWS) });
  return `${endpointUrl(apiUrl, PATHS[report])}?${query}`;
}

export async function readErcotPrices(
  { apiUrl, tokenUrl }: ErcotAddresses,
  { subscriptionKey, username, password }: ErcotLogin,
  request: ErcotRequest,
  { fetchJson, signal }: { fetchJson: FetchJson; signal?: AbortSignal },
): Promise<TableRow[] | Trouble> {
  const form = {
    grant_type: 'password',
    response_type: 'id_token',
    client_id: CLIENT_ID,
    scope: `openid ${CLIENT_ID} offline_access`,
    username,
    password,
  };
  const answered = await fetchJson(endpointUrl(tokenUrl, TOKEN_PATH), { form, signal });
  if (answered.kind !== 'json') return { ...answered, reason: `sign-in: ${answered.reason}` };
  const token = Token.safeParse(answered.body);
  if (!token.success) return { kind: 'garbled', reason: 'sign-in: no id_token in the answer' };
  const reply = await fetchJson(toErcotUrl(apiUrl, request), {
    headers: { 'Ocp-Apim-Subscription-Key': subscriptionKey, Authorization: `Bearer ${token.data.id_token}` },
    signal,
  });
  return reply.kind === 'json' ? parseErcotReport(reply.body) : reply;
}
