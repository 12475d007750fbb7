/** The requests and answers of watched signals as zod schemas, for the OpenAPI document. */
import { z } from 'zod';
import { SIGNALS } from '#app/features/indicators/signals/signals.ts';
import { NewsFactsSchema } from '#app/features/signal-watches/news-facts.ts';

const signal = z.enum(SIGNALS.map(({ name }) => name));

export const SignalWatchSchema = z.strictObject({ signal, isWatched: z.boolean() });
const SignalNewsSchema = z.strictObject({ signal: z.string(), at: z.string(), isOn: z.boolean(), facts: NewsFactsSchema });

export const SIGNAL_REQUESTS = { SignalWatchPut: SignalWatchSchema };
export const SIGNAL_ANSWERS = {
  SignalWatches: z.strictObject({ watches: z.array(SignalWatchSchema), news: z.array(SignalNewsSchema) }),
  SignalWatch: SignalWatchSchema.clone(),
};
