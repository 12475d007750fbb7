// A PostgreSQL server of its own for a measurement: nobody else's rows, caches or load.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { stopChild } from './children.mjs';
import { roleFolders } from './folders.mjs';
import { startPostgres } from './postgres.mjs';

/** Addresses of a database that does not exist yet, for its owner and for the application. `end` stops the server and removes what it stored. */
export async function startOwnDatabase(role) {
  const { child, dataFolder, urlFor } = await startPostgres({ folders: roleFolders(role), ownerPassword: randomBytes(24).toString('hex') });
  const name = `measured_${randomBytes(4).toString('hex')}`;
  return {
    ownerUrl: urlFor(name),
    appUrl: urlFor(name, 'hashinsight_bench', randomBytes(24).toString('hex')),
    serverPid: child.pid,
    end: async () => {
      await stopChild(child);
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
