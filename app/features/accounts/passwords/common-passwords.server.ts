// The passwords that leaked most often, some 49,000, from the dictionary of zxcvbn-ts (MIT); on this machine, so that nobody is asked about a password.
import { dictionary } from '@zxcvbn-ts/language-common';

let passwords: ReadonlySet<string> | undefined;

/** `lowerCase` may be of any length. Read on first use: the list is only needed where a password is chosen. */
export function isCommonPassword(lowerCase: string): boolean {
  passwords ??= new Set(dictionary['passwords-common'].map(String));
  return passwords.has(lowerCase);
}
