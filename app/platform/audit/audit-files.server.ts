// The audit log as files: one folder a chain, one line an event, a new file when one is full, and beside them the end of the chain. What a
// thief of the database cannot reach should lie elsewhere; this is what is copied there.
import { createReadStream } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  type ChainHead,
  type ChainLink,
  type ChainVerdict,
  createChainVerifier,
  GENESIS_HASH,
  parseChainLine,
  toChainLine,
} from './chain.server.ts';

/** A file that has grown beyond is left alone from then on. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;
const HEAD_FILE = 'head.json';
/** Named by the first event in it, with enough zeros that names sort as numbers do. */
const FILE_NAME = /^(\d{12})\.jsonl$/;
const CHAIN_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const toFileName = (firstSeq: number) => `${String(firstSeq).padStart(12, '0')}.jsonl`;

/** The folders that hold a chain each. A folder that is not there holds none. */
export async function listChainsInFiles(folder: string): Promise<string[]> {
  return (await listNames(folder)).filter((name) => CHAIN_ID.test(name)).sort();
}

async function listNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function listFiles(chainFolder: string): Promise<string[]> {
  return (await listNames(chainFolder)).filter((name) => FILE_NAME.test(name)).sort();
}

/** The end of the chain as the files remember it; null before the first event. */
export async function readFileHead(folder: string, chainId: string): Promise<ChainHead | null> {
  try {
    const { seq, hash } = JSON.parse(await readFile(join(folder, chainId, HEAD_FILE), 'utf8')) as ChainHead;
    return { seq, hash };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error(`the end of the audit chain ${chainId} cannot be read from its files`, { cause: error });
  }
}

/**
 * Appends events that follow the head. The lines go first and the head after them: a crash between leaves lines beyond the head, which
 * the next call recognises as the very ones it was about to write. Anything else found there is no accident, and nothing is written.
 * One writer a chain: the caller holds a lock.
 */
export async function appendToFiles(
  folder: string,
  chainId: string,
  links: readonly ChainLink[],
  { maxFileBytes = MAX_FILE_BYTES }: { maxFileBytes?: number } = {},
): Promise<void> {
  const chainFolder = join(folder, chainId);
  await mkdir(chainFolder, { recursive: true, mode: 0o700 });
  const head = (await readFileHead(folder, chainId)) ?? { seq: 0, hash: GENESIS_HASH };
  const follower = links.find(({ seq }) => seq > head.seq);
  if (follower !== undefined && (follower.seq !== head.seq + 1 || follower.previousHash !== head.hash))
    throw new Error(`event ${follower.seq} of the audit chain ${chainId} does not follow from event ${head.seq}, where its files end`);
  const lines = links.filter(({ seq }) => seq > head.seq).map((link) => ({ link, line: toChainLine(link) }));
  const last = lines.at(-1);
  if (last === undefined) return;
  const beyond = await readBeyondHead(chainFolder, head.seq);
  const wanted = lines.map(({ line }) => line).join('');
  if (!wanted.startsWith(beyond))
    throw new Error(`the files of the audit chain ${chainId} hold something behind event ${head.seq} that was never recorded`);
  let skipped = beyond.length;
  for (const { link, line } of lines) {
    const rest = line.slice(Math.min(skipped, line.length));
    skipped = Math.max(0, skipped - line.length);
    if (rest !== '')
      await appendFile(join(chainFolder, await pickFile(chainFolder, link.seq, rest === line, maxFileBytes)), rest, { mode: 0o600 });
  }
  await writeHead(chainFolder, { seq: last.link.seq, hash: last.link.hash });
}

/** What the files hold after the event `headSeq`: normally nothing. */
async function readBeyondHead(chainFolder: string, headSeq: number): Promise<string> {
  const names = await listFiles(chainFolder);
  const from = names.findLastIndex((name) => Number(FILE_NAME.exec(name)?.[1]) <= Math.max(1, headSeq));
  const texts = await Promise.all(names.slice(Math.max(0, from)).map((name) => readFile(join(chainFolder, name), 'utf8')));
  const all = texts.join('');
  let offset = 0;
  for (let next = all.indexOf('\n'); next !== -1; next = all.indexOf('\n', offset)) {
    const link = parseChainLine(all.slice(offset, next));
    if (link === null || link.seq > headSeq) break;
    offset = next + 1;
  }
  return all.slice(offset);
}

async function pickFile(chainFolder: string, seq: number, isWholeLine: boolean, maxFileBytes: number): Promise<string> {
  const current = (await listFiles(chainFolder)).at(-1);
  if (current === undefined) return toFileName(seq);
  // The rest of a line that was cut goes to where its beginning is.
  if (!isWholeLine) return current;
  const { size } = await stat(join(chainFolder, current));
  return size >= maxFileBytes ? toFileName(seq) : current;
}

/** By renaming: there is always a whole one. */
async function writeHead(chainFolder: string, head: ChainHead): Promise<void> {
  const draft = join(chainFolder, `${HEAD_FILE}.new`);
  await writeFile(draft, `${JSON.stringify(head)}\n`, { mode: 0o600 });
  await rename(draft, join(chainFolder, HEAD_FILE));
}

/** Re-computes a chain from its files alone. */
export async function verifyChainInFiles(folder: string, chainId: string): Promise<ChainVerdict> {
  const verifier = createChainVerifier(chainId);
  const chainFolder = join(folder, chainId);
  for (const name of await listFiles(chainFolder)) {
    const lines = createInterface({ input: createReadStream(join(chainFolder, name), 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
    for await (const line of lines) {
      const link = parseChainLine(line);
      const broken = link === null ? verifier.fail('unreadable') : verifier.take(link);
      if (broken !== null) return verifier.finish();
    }
  }
  const known = await readFileHead(folder, chainId).catch(() => 'unreadable' as const);
  if (known === 'unreadable') verifier.fail('unreadable');
  // Lines without the end that is written with them: nobody can say how many there were.
  else if (known === null && (await listFiles(chainFolder)).length > 0) verifier.fail('cut-off');
  return verifier.finish(known === 'unreadable' ? null : known);
}
