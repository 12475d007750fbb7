/** What changing many machines came to. */
import type { FormFault } from '#app/features/monitoring/form-fault.ts';

/** The order as it was sent, to be sent again with the count. */
export type BulkSent = { scope: 'chosen' | 'filter'; ids: string[]; filter: string; change: string; tag: string };

export type BulkResult =
  | { kind: 'preview'; fitting: number; changed: number; sent: BulkSent }
  | { kind: 'done'; fitting: number; changed: number }
  | { kind: 'refused'; reason: 'noChange' | 'noneChosen' | 'filter' | 'faults'; faults: FormFault[]; sent: BulkSent };
