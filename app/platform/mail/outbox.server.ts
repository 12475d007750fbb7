// Messages without a mail server: one JSON file each in a folder. Shown at /dev/mail in demonstration and development; in production nobody but the operator
// sees the folder.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Message, MessageSchema } from './message.ts';

/** Older ones are removed: a folder that nobody empties must not fill a disk. */
const MAX_KEPT = 200;
const FILE_NAME = /^\d{13}-[0-9a-f-]{36}\.json$/;

const StoredMessageSchema = MessageSchema.extend({ id: z.uuid(), sentAtMs: z.number() });
export type StoredMessage = z.infer<typeof StoredMessageSchema>;

/** Readable for its user only: messages carry links that open accounts. */
export async function writeToOutbox(folder: string, message: Message & { id: string; sentAtMs: number }): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = `${String(message.sentAtMs).padStart(13, '0')}-${message.id}.json`;
  const unfinished = join(folder, `${name}.new`);
  await writeFile(unfinished, JSON.stringify(message), { mode: 0o600 });
  await rename(unfinished, join(folder, name));
  const names = await listNames(folder);
  await Promise.all(names.slice(MAX_KEPT).map((old) => rm(join(folder, old), { force: true })));
}

/** The latest first, at most MAX_KEPT. */
export async function listOutbox(folder: string): Promise<StoredMessage[]> {
  const names = (await listNames(folder)).slice(0, MAX_KEPT);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text) => StoredMessageSchema.parse(JSON.parse(text)));
}

async function listNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder))
      .filter((name) => FILE_NAME.test(name))
      .sort()
      .reverse();
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  }
}
