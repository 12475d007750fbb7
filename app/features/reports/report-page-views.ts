/** What the pages of reports are given, and what their forms come to. */
import type { Language } from '#app/platform/i18n/languages.ts';
import type { LogoRefusal } from './logo/logo-image.ts';
import type { ReportView } from './report-view.ts';

export type ListView = {
  workspace: string;
  days: number;
  mayWrite: boolean;
  /** May change the logo. */
  maySet: boolean;
  hasLogo: boolean;
  reports: ReportView[];
};
export type ListResult =
  | { kind: 'done'; act: 'rerun' | 'cancelled' | 'removed' | 'logoSet' | 'logoRemoved' }
  | { kind: 'refused'; reason: 'notFound' | 'tooMany' | 'intent'; max: number }
  | { kind: 'logo-refused'; reason: LogoRefusal };

export type NewView = {
  /** The answer's address, to go back to. */
  search: string;
  language: Language;
  isGuest: boolean;
  /** Null: the inputs give no answer. */
  subject:
    | { kind: 'scenario'; model: string; machines: number; powerUsdPerKwh: number; horizonMonths: number }
    | { kind: 'list'; id: string; name: string; rows: number }
    | null;
};
export type NewResult = { kind: 'no-answer' } | { kind: 'invalid'; fields: string } | { kind: 'wait' };
