// What POST /api/v1/token answers: the description of the API is made from it, and the tests hold real answers to it. Pure.
import { z } from 'zod';
import { TOKEN_SCOPES } from './token-scopes.ts';

export const TokenAnswerSchema = z.strictObject({
  accessToken: z.string(),
  tokenType: z.literal('Bearer'),
  expiresInS: z.number().int(),
  scopes: z.array(z.enum(TOKEN_SCOPES)),
});
