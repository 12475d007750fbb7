// Prices arrive as text, so that no digit is lost on the way.
import { z } from 'zod';

/** Plain decimal notation: no signs, exponents, separators or words. */
export const DecimalText = z
  .string()
  .regex(/^\d{1,12}(?:\.\d{1,12})?$/)
  .transform(Number);
