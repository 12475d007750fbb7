// The password of everybody in the tests who has one.
import { hashPassword } from '#app/features/accounts/passwords/password-hash.server.ts';
import { asDatabaseOwner, type SeededPerson } from './seeded-workspace.ts';

export const PASSWORD = 'quiet harbour at dawn';

let passwordHash: Promise<string> | undefined;

/** Signs in with the password from now on, and without a second factor. */
export async function withPassword(person: SeededPerson): Promise<SeededPerson> {
  passwordHash ??= hashPassword(PASSWORD);
  const sql = 'UPDATE user_credentials SET password_hash = $2, totp_confirmed_at = NULL WHERE user_id = $1';
  const values = [person.userId, await passwordHash];
  await asDatabaseOwner((owner) => owner.query(sql, values));
  return person;
}
