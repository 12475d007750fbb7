/**
 * PostgreSQL refuses to run as root. As root we run it as the system user `postgres`, as an ordinary user as ourselves.
 */
import { runOrFail, runToEnd } from './children.mjs';
import { UserError } from './say.mjs';

const USER_NAME = 'postgres';

/** Null for an ordinary user, else { name, uid, gid } of `postgres`, who is made when missing. */
export async function ensureDatabaseUser() {
  if (process.getuid?.() !== 0) return null;
  const known = await findUser();
  if (known) return known;
  await runOrFail({
    name: 'useradd',
    command: 'useradd',
    args: ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', USER_NAME],
    failure: 'PostgreSQL does not run as root, and its user could not be made: run useradd --system postgres, or start as an ordinary user',
  });
  const made = await findUser();
  if (!made)
    throw new UserError('PostgreSQL does not run as root and needs the system user postgres: make it with useradd --system postgres.');
  return made;
}

async function findUser() {
  const [uid, gid] = await Promise.all([readId('-u'), readId('-g')]);
  return uid === null || gid === null ? null : { name: USER_NAME, uid, gid };
}

async function readId(option) {
  const result = await runToEnd({ name: 'id', command: 'id', args: [option, USER_NAME] });
  return result.code === 0 ? Number(result.output.trim()) : null;
}
