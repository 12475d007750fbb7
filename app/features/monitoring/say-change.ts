/** A change of a machine in words: the field by its name, what an id names by its own, figures with their units. */
import type { TFunction } from 'i18next';
import { APPROVALS, MACHINE_STATUSES } from '#app/features/sites/machines/machine-fields.ts';
import type { Format } from '#app/ui/format.ts';

/** `fromName`, `toName`: what the ids name; null: nothing that can be told. */
export type ToldChange = { field: string; from: unknown; to: unknown; fromName: string | null; toName: string | null };
export type ChangeWords = { t: TFunction<'monitoring'>; format: Format };

const FIELD_NAMES = [
  'serial',
  'macAddress',
  'model',
  'catalogueId',
  'host',
  'port',
  'worker',
  'firmware',
  'purchasedOn',
  'purchaseUsd',
  'rackRow',
  'rackColumn',
  'ratedHashrateThs',
  'ratedPowerW',
  'tags',
  'status',
  'approval',
  'clientId',
  'rackId',
  'siteId',
] as const;
const REFERENCES: readonly string[] = ['siteId', 'clientId', 'rackId'];

export function sayChange({ field, from, to, fromName, toName }: ToldChange, words: ChangeWords): string {
  const { t } = words;
  const known = FIELD_NAMES.find((name) => name === field);
  return t('events.changed', {
    field: known === undefined ? field : t(`machine.field.${known}`),
    from: sayValue(field, from, fromName, words),
    to: sayValue(field, to, toName, words),
  });
}

function sayValue(field: string, value: unknown, name: string | null, { t, format }: ChangeWords): string {
  if (value === null || value === undefined) return '—';
  if (REFERENCES.includes(field)) return name ?? t('events.gone');
  const status = field === 'status' ? MACHINE_STATUSES.find((one) => one === value) : undefined;
  if (status !== undefined) return t(`status.${status}`);
  const approval = field === 'approval' ? APPROVALS.find((one) => one === value) : undefined;
  if (approval !== undefined) return t(`approval.${approval}`);
  if (Array.isArray(value)) return value.length === 0 ? '—' : format.list(value.map(String));
  if (field === 'purchasedOn' && typeof value === 'string') return format.date(value);
  if (typeof value !== 'number') return String(value);
  if (field === 'ratedHashrateThs') return format.hashrate(value);
  if (field === 'ratedPowerW') return `${format.number(value)} W`;
  return field === 'purchaseUsd' ? format.usd(value) : String(value);
}
