// Entry point of the step before web and worker: prepares the database and, with --seed in demonstration mode, seeds it.
// Ends with code 0, or with code 1 and one line that says what to do.

import { EnvError, getMigrateEnv } from '#app/platform/env.server.ts';
import { redactUrls } from '#app/platform/log-line.ts';
import { MigrationError } from './apply-migrations.ts';
import { migrationsFolder } from './migration-files.ts';
import { prepareDatabase, withClient } from './prepare-database.ts';
import { seedDemo } from './seed-demo.ts';

async function migrate(wantsSeed: boolean): Promise<void> {
  const env = getMigrateEnv();
  if (wantsSeed && env.HASHINSIGHT_MODE !== 'demo') {
    throw new MigrationError(
      `--seed is refused: HASHINSIGHT_MODE is ${env.HASHINSIGHT_MODE}, and demonstration data belongs into demo only`,
    );
  }
  const applied = await prepareDatabase({
    ownerUrl: env.DATABASE_OWNER_URL,
    appUrl: env.DATABASE_URL,
    migrationsFolder: migrationsFolder(),
  });
  console.log(applied.length > 0 ? `Migrations applied: ${applied.join(', ')}` : 'Migrations: nothing to apply');
  if (!wantsSeed) return;
  const { tenants, people } = await withClient(env.DATABASE_OWNER_URL, (client) =>
    seedDemo(client, { password: env.DEMO_PASSWORD, miners: env.DEMO_MINERS, minerPort: env.DEMO_MINER_PORT, sinceS: env.DEMO_SINCE_S }),
  );
  console.log(`Demonstration tenants present: ${tenants}, people: ${people.length}, machines: ${env.DEMO_MINERS}`);
}

/** One line for a foreseen refusal; anything else keeps its stack, because it is a defect. */
function describe(error: unknown): string {
  if (error instanceof EnvError || error instanceof MigrationError) return error.message;
  const { code, message, stack } = error as { code?: string; message: string; stack?: string };
  if (code) return `Database not prepared: ${message || code} (${code})`;
  return stack ?? message;
}

try {
  await migrate(process.argv.includes('--seed'));
} catch (error) {
  console.error(redactUrls(describe(error)));
  process.exitCode = 1;
}
