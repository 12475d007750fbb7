// What is known of a client whose machines are hosted. Pure.

import { z } from 'zod';
import { isStorable } from '#app/platform/storable-text.ts';
import { MAX_NAME_LENGTH } from '../sites/site-fields.ts';

const MAX_CONTACT_LENGTH = 500;
const name = z.string().trim().min(1).max(MAX_NAME_LENGTH).refine(isStorable);
const contact = z.string().max(MAX_CONTACT_LENGTH).refine(isStorable).nullable().optional();

export const NewClientSchema = z.strictObject({ name, contact });
export const ClientChangeSchema = z.strictObject({ name: name.optional(), contact });
export type NewClient = z.infer<typeof NewClientSchema>;
export type ClientChange = z.infer<typeof ClientChangeSchema>;
