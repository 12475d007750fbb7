// Notices of PostgreSQL (LISTEN): told at once of what others have committed. A hint and no queue: what is sent while nobody is connected is lost, so whoever listens looks
// for itself when a connection is made, and from time to time.
import { Client } from 'pg';
import { getEnv } from './env.server.ts';
import { getLog, type Log } from './log.server.ts';

const CONNECT_TIMEOUT_MS = 3_000;
const RECONNECT_MS = 2_000;

export type DatabaseListener = { close: () => Promise<void> };

/** Calls `onNotice` with the payload of every notice on the channel, and with null after connecting: what came before is not known. */
export function listenDatabase(
  channel: 'polling_changed',
  onNotice: (payload: string | null) => void,
  databaseUrl: string = getEnv().DATABASE_URL,
  log: Log = getLog(),
): DatabaseListener {
  let client: Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;

  function connectLater() {
    client = null;
    if (!isClosed) timer = setTimeout(() => void connect(), RECONNECT_MS);
  }

  async function connect(): Promise<void> {
    const own = new Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      // A server that vanished without a word is noticed by the system in the end.
      keepAlive: true,
      application_name: 'hashinsight-listen',
    });
    client = own;
    let isLost = false;
    const lose = (error?: unknown) => {
      if (isLost) return;
      isLost = true;
      if (error !== undefined) log.debug('database.listener', { error });
      own.end().catch(() => undefined);
      connectLater();
    };
    own.on('error', lose);
    own.on('end', () => lose());
    own.on('notification', ({ payload }) => onNotice(payload ?? ''));
    try {
      await own.connect();
      await own.query(`LISTEN ${channel}`);
      onNotice(null);
    } catch (error) {
      lose(error);
    }
  }

  void connect();
  return {
    async close() {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
