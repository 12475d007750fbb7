/** What a channel is made of. Pure. */

import { z } from 'zod';
import { LANGUAGES } from '#app/platform/i18n/languages.ts';
import { toNumberSchema } from '#app/platform/number-schema.ts';
import { isStorable } from '#app/platform/storable-text.ts';
import { range } from '#engine/units/fields.ts';
import { SEVERITIES } from '../rules/rule-table.ts';

export const CHANNEL_KINDS = ['email', 'webhook'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];
/** Of one workspace. */
export const MAX_CHANNELS = 20;
const MAX_NAME_LENGTH = 100;
const MAX_TARGET_LENGTH = 500;

export const CHANNEL_RANGES = { messagesPerHour: range('1/h', 1, 1_000, { integer: true, default: 10 }) };

const shared = {
  name: z.string().trim().min(1).max(MAX_NAME_LENGTH).refine(isStorable),
  target: z.string().trim().min(1).max(MAX_TARGET_LENGTH).refine(isStorable),
  siteId: z.uuid().nullable(),
  language: z.enum(LANGUAGES),
  leastSeverity: z.enum(SEVERITIES),
  messagesPerHour: toNumberSchema(CHANNEL_RANGES.messagesPerHour),
  isEnabled: z.boolean(),
};

export const NewChannelSchema = z.strictObject({
  kind: z.enum(CHANNEL_KINDS),
  name: shared.name,
  target: shared.target,
  siteId: shared.siteId.optional(),
  language: shared.language.optional(),
  leastSeverity: shared.leastSeverity.optional(),
  messagesPerHour: shared.messagesPerHour.optional(),
});
export const ChannelChangeSchema = z.strictObject(shared).partial();
export type NewChannel = z.infer<typeof NewChannelSchema>;
export type ChannelChange = z.infer<typeof ChannelChangeSchema>;

/** Whether a channel of that kind can be sent there. Which addresses a webhook may reach is judged at every call. */
export function isTarget(kind: ChannelKind, target: string): boolean {
  if (kind === 'email') return z.email().safeParse(target).success;
  if (!URL.canParse(target)) return false;
  const { protocol, username, password } = new URL(target);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}
