// Configuration of the Prisma command line (generate, migrate diff, db pull). The running product never
// reads it: it applies migrations with prisma/migrate.ts. The JavaScript engine with the pg adapter
// needs no binary download, so these commands work offline (docs/decisions/0005).
import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { defineConfig } from 'prisma/config';

const OID_TEXT = 25;
const OID_TEXT_ARRAY = 1009;
/**
 * Catalogue types that the adapter cannot read, mapped to text: "char", name, int2vector, regproc, oidvector,
 * pg_node_tree, regclass; "char"[] and aclitem[]. Without it the schema engine fails on its own catalogue queries.
 */
const READABLE_OID = new Map<number, number>([
  [18, OID_TEXT],
  [19, OID_TEXT],
  [22, OID_TEXT],
  [24, OID_TEXT],
  [30, OID_TEXT],
  [194, OID_TEXT],
  [2205, OID_TEXT],
  [1002, OID_TEXT_ARRAY],
  [1034, OID_TEXT_ARRAY],
]);
const readable = (oid: number) => READABLE_OID.get(oid) ?? oid;

type TypedQuery = { types?: { getTypeParser: (oid: number, format?: 'text' | 'binary') => unknown } };
type Answer = { fields?: { name: string; dataTypeID: number }[]; rows?: unknown[] };

/**
 * Column of the catalogue query for CHECK and exclusion constraints. The engine wants a type for it that the adapter cannot give, and panics on the
 * first row. The schema cannot hold such constraints, so the answer changes nothing: it is handed over empty.
 */
const CONSTRAINT_KIND = 'constraint_type';

function withReadableTypes(query: unknown): unknown {
  const types = (query as TypedQuery | null)?.types;
  if (!types) return query;
  const inner = types.getTypeParser.bind(types);
  return { ...(query as object), types: { getTypeParser: (oid: number, format?: 'text' | 'binary') => inner(readable(oid), format) } };
}

function withReadableFields<T>(answer: T): T {
  const answers: Answer[] = Array.isArray(answer) ? answer : [answer as Answer];
  for (const one of answers) {
    for (const field of one?.fields ?? []) field.dataTypeID = readable(field.dataTypeID);
    if (one?.fields?.some(({ name }) => name === CONSTRAINT_KIND)) one.rows = [];
  }
  return answer;
}

type AnyQuery = (...args: unknown[]) => unknown;
type QueryCallback = (error: unknown, answer: unknown) => void;

const plainClientQuery = pg.Client.prototype.query as unknown as AnyQuery;

class CatalogueClient extends pg.Client {}
// Assigned, not overridden: pg's overloads cannot be re-declared without `any`. pg.Pool calls the form with
// a callback, the adapter the form with a promise; both must be covered.
Object.defineProperty(CatalogueClient.prototype, 'query', {
  value: function catalogueQuery(this: pg.Client, ...args: unknown[]): unknown {
    const patched = [withReadableTypes(args[0]), ...args.slice(1)];
    const last = patched.at(-1);
    if (typeof last === 'function') {
      const callback = last as QueryCallback;
      patched[patched.length - 1] = (error: unknown, answer: unknown) => callback(error, answer && withReadableFields(answer));
      return plainClientQuery.apply(this, patched);
    }
    const result = plainClientQuery.apply(this, patched);
    return result instanceof Promise ? result.then(withReadableFields) : result;
  },
});

/** Connection as separate fields: with a connection string, the shadow database would silently be the real one. */
function connectionFields(databaseUrl: string): pg.PoolConfig {
  const url = new URL(databaseUrl);
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    Client: CatalogueClient,
    // Without these the command stays alive for ten seconds after its work.
    allowExitOnIdle: true,
    idleTimeoutMillis: 500,
  };
}

/** Makes its shadow database on the same server by name, because the stock adapter needs a second URL. */
class OfflinePg extends PrismaPg {
  constructor(private readonly fields: pg.PoolConfig) {
    super(fields);
  }

  override async connectToShadowDb() {
    const database = `prisma_migrate_shadow_db_${randomUUID()}`;
    const admin = await this.connect();
    await admin.executeScript(`CREATE DATABASE "${database}"`);
    const shadow = await new PrismaPg({ ...this.fields, database }).connect();
    const disposeShadow = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await disposeShadow();
      await admin.executeScript(`DROP DATABASE "${database}" WITH (FORCE)`);
      await admin.dispose();
    };
    return shadow;
  }
}

export default defineConfig({
  experimental: { adapter: true },
  engine: 'js',
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  adapter: async () => {
    const databaseUrl = process.env.DATABASE_URL;
    if (!databaseUrl) throw new Error('DATABASE_URL is not set; the Prisma command line needs a server for this command');
    return new OfflinePg(connectionFields(databaseUrl));
  },
});
