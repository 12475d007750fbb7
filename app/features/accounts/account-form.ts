// What people type on the pages of this room: read, checked, and refused field by field. Pure.

import {
  countCharacters,
  findPasswordWeakness,
  type PasswordContext,
  type PasswordWeakness,
} from '#app/features/accounts/passwords/password-rules.ts';
import { findLanguage, type Language } from '#app/platform/i18n/languages.ts';
import { parseEmail } from './email-address.ts';

export const MAX_NAME_CHARACTERS = 80;
/** Longer than any password that is taken, short enough to hash at no cost worth an attack. */
export const MAX_TYPED_PASSWORD_CHARACTERS = 1_000;

/** Why a field is refused; each has its sentence in the accounts texts. */
export type FieldFault =
  | { kind: 'email-unreadable' }
  | { kind: 'name-missing' }
  | { kind: 'name-too-long'; characters: number; max: number }
  | { kind: 'choice-missing' }
  | { kind: 'code-unreadable' }
  | { kind: 'password-wrong' }
  | { kind: 'code-wrong' }
  | { kind: `password-${PasswordWeakness['kind']}`; characters: number };

export type Faults<Field extends string> = Partial<Record<Field, FieldFault>>;

export type Read<Values, Field extends string> = { kind: 'read'; values: Values } | { kind: 'refused'; faults: Faults<Field> };

/** The text of a field; a file or nothing at all is empty text. */
export function readText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** A name as others will see it: one line, without what would turn the text around it. */
export function readName(text: string): { name: string } | { fault: FieldFault } {
  const name = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = countCharacters(name);
  if (characters === 0) return { fault: { kind: 'name-missing' } };
  return characters > MAX_NAME_CHARACTERS ? { fault: { kind: 'name-too-long', characters, max: MAX_NAME_CHARACTERS } } : { name };
}

/** Null: the password is taken. */
export function findPasswordFault(password: string, context: PasswordContext): FieldFault | null {
  const weakness = findPasswordWeakness(password.slice(0, MAX_TYPED_PASSWORD_CHARACTERS), context);
  return weakness === null ? null : { kind: `password-${weakness.kind}`, characters: countCharacters(password) };
}

/** What somebody opens an account for. `own`: machines or coins of their own; `company`: a workspace with colleagues; `invited`: no workspace of their own. */
export const SIGN_UP_PURPOSES = ['own', 'company', 'invited'] as const;
export type SignUpPurpose = (typeof SIGN_UP_PURPOSES)[number];

export type SignUp = { email: string; name: string; password: string; purpose: SignUpPurpose; workspace: string | null; locale: Language };
export type SignUpField = 'email' | 'name' | 'password' | 'purpose' | 'workspace';

export function readSignUp(form: FormData, language: Language, isCommon: PasswordContext['isCommon']): Read<SignUp, SignUpField> {
  const faults: Faults<SignUpField> = {};
  const email = parseEmail(readText(form, 'email'));
  if (email === null) faults.email = { kind: 'email-unreadable' };
  const name = readName(readText(form, 'name'));
  if ('fault' in name) faults.name = name.fault;
  const password = readText(form, 'password');
  const passwordFault = findPasswordFault(password, { email: readText(form, 'email'), name: readText(form, 'name'), isCommon });
  if (passwordFault) faults.password = passwordFault;
  const purpose = SIGN_UP_PURPOSES.find((one) => one === readText(form, 'purpose'));
  if (purpose === undefined) faults.purpose = { kind: 'choice-missing' };
  const workspace = purpose === 'company' ? readName(readText(form, 'workspace')) : null;
  if (workspace !== null && 'fault' in workspace) faults.workspace = workspace.fault;
  if (
    Object.keys(faults).length > 0 ||
    email === null ||
    purpose === undefined ||
    'fault' in name ||
    (workspace !== null && 'fault' in workspace)
  ) {
    return { kind: 'refused', faults };
  }
  return {
    kind: 'read',
    values: {
      email,
      name: name.name,
      password,
      purpose,
      workspace: workspace?.name ?? null,
      locale: findLanguage(readText(form, 'locale')) ?? language,
    },
  };
}
