// What whoever attacks an account has to hand: forms sent without a page, sessions to compare, and the rows that an attack would have changed.
import { HttpBrowser } from './http-browser.ts';
import { PASSWORD } from './password.ts';
import { asDatabaseOwner, type SeededPerson } from './seeded-workspace.ts';

export const emailOf = ({ userId }: SeededPerson) => `${userId}@mine.example`;

export async function query<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await asDatabaseOwner((owner) => owner.query<Row>(sql, values))).rows;
}

export const sessionOf = (browser: HttpBrowser) => browser.cookies.get('session') ?? '';
export const isSignedIn = async (cookie: string) => (await new HttpBrowser(`session=${cookie}`).get('/profile')).status === 200;

export const signIn = (browser: HttpBrowser, email: string) => browser.submit('/sign-in', { email, password: PASSWORD });
