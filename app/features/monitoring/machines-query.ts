/** What the address of the list of machines asks for. Forms send every field, so an empty one asks for nothing. Pure. */
import { type MachineFilter, MachineFilterSchema } from '#app/features/sites/machines/machine-query.ts';

export const FILTER_FIELDS = ['q', 'siteId', 'clientId', 'rackId', 'status', 'approval', 'tag'] as const;
export type FilterField = (typeof FILTER_FIELDS)[number];
export type FilterTexts = Partial<Record<FilterField, string>>;

const LISTS: readonly FilterField[] = ['status', 'approval'];
const MAX_NUMBER = 2_147_483_647;

export type MachinesQuery = { texts: FilterTexts; filter: MachineFilter; after: number; isFaulty: boolean };

/** An address that cannot be read is named as such, and nothing is listed for it. */
export function readMachinesQuery(params: URLSearchParams): MachinesQuery {
  const texts: FilterTexts = {};
  for (const field of FILTER_FIELDS) {
    const text = params.get(field)?.trim() ?? '';
    if (text !== '') texts[field] = text;
  }
  const given = Object.fromEntries(
    Object.entries(texts).map(([field, text]) => [field, LISTS.some((one) => one === field) ? text.split(',') : text]),
  );
  const parsed = MachineFilterSchema.safeParse(given);
  const afterText = params.get('after') ?? '0';
  const after = /^\d{1,10}$/.test(afterText) ? Math.min(Number(afterText), MAX_NUMBER) : 0;
  return { texts, filter: parsed.data ?? {}, after, isFaulty: !parsed.success };
}

/** The address of a further page with the same filters. `after` 0: the first one. */
export function toMachinesParams(texts: FilterTexts, after = 0): string {
  const params = new URLSearchParams(texts);
  if (after > 0) params.set('after', String(after));
  return String(params);
}
