/** For postgres.int.test.mjs: starts PostgreSQL for a role, prints where it is, and stays until it is killed. */
import { roleFolders } from './folders.mjs';
import { startPostgres } from './postgres.mjs';

const [role, ownerPassword] = process.argv.slice(2);
const { child, urlFor } = await startPostgres({ folders: roleFolders(role), ownerPassword });
process.stdout.write(`${JSON.stringify({ pid: child.pid, url: urlFor('postgres') })}\n`);
setInterval(() => {}, 60_000);
