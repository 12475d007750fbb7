/**
 * `npm run miner -- read HOST[:PORT] [--raw] [--timeout S]`: asks one machine with the drivers of the collectors and prints its snapshot as JSON; with `--raw`, what
 * was on the wire instead: byte for byte into a file or pipe, with control characters spelt out on a terminal. Reads only, and stores nothing.
 * Exit code 0: read. 1: not read (unreachable, silent, garbled, denied), one line on standard error says which. 2: wrong arguments.
 */
import './setup/node-version.mjs';
import { parseArgs } from 'node:util';
import { say } from './setup/say.mjs';

const NOT_READ = 1;
const WRONG_ARGUMENTS = 2;
const USAGE = 'Usage: npm run miner -- read HOST[:PORT] [--raw] [--timeout SECONDS]';
const USUAL_PORT = 4028;
/** Longer than any machine takes, shorter than a technician waits. */
const MAX_TIMEOUT_S = 300;
/** "192.0.2.7", "192.0.2.7:4433", "miner.example", "[2001:db8::7]:4028", "2001:db8::7". */
const ADDRESS = /^(?:\[(?<six>[0-9a-f:.%]+)\]|(?<bare>[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*)|(?<four>[^\s:[\]/]+))(?::(?<port>\d{1,5}))?$/i;

async function run() {
  const wanted = readArguments();
  if (wanted === null) return WRONG_ARGUMENTS;
  const tsx = await import('tsx/esm/api').catch(() => null);
  if (tsx === null) return refuse('The npm packages are not installed: run npm ci first.');
  tsx.register();
  const { createReadMachine } = await import('../collectors/cgminer/read-machine.ts');
  const { address, timeoutMs, isRaw } = wanted;
  const limits = timeoutMs === null ? {} : { connectMs: timeoutMs, idleMs: timeoutMs, totalMs: timeoutMs };
  const reading = await createReadMachine({ limits })(address, new AbortController().signal);
  if (isRaw) for (const reply of reading.raw) printRaw(reply);
  if (reading.kind === 'failed') {
    const host = address.host.includes(':') ? `[${address.host}]` : address.host;
    process.stderr.write(`${host}:${address.port}: ${reading.trouble}: ${reading.detail}\n`);
    return NOT_READ;
  }
  if (!isRaw) say(JSON.stringify(reading.snapshot, null, 2));
  return 0;
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      options: { raw: { type: 'boolean' }, timeout: { type: 'string' } },
      allowPositionals: true,
    });
    const [verb, target, ...rest] = positionals;
    if (verb !== 'read' || target === undefined || rest.length > 0) throw new Error(USAGE);
    return { address: readAddress(target), timeoutMs: readTimeout(values.timeout), isRaw: values.raw === true };
  } catch (error) {
    refuse(error.message === USAGE ? USAGE : `${error.message} ${USAGE}`);
    return null;
  }
}

function readAddress(target) {
  const { six, bare, four, port } = ADDRESS.exec(target)?.groups ?? {};
  const host = six ?? bare ?? four;
  if (host === undefined) throw new Error(`"${target}" is no address.`);
  const number = port === undefined ? USUAL_PORT : Number(port);
  if (number < 1 || number > 65_535) throw new Error(`Port ${port} is outside 1 to 65535.`);
  return { host, port: number };
}

function readTimeout(text) {
  if (text === undefined) return null;
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= MAX_TIMEOUT_S)) throw new Error(`--timeout ${text} is outside 0 to ${MAX_TIMEOUT_S} seconds.`);
  return Math.ceil(seconds * 1000);
}

/** A machine may send what a terminal obeys. */
function printRaw({ command, bytes }) {
  process.stderr.write(`${command}: ${bytes.length} bytes\n`);
  if (!process.stdout.isTTY) {
    process.stdout.write(bytes);
    process.stdout.write('\n');
    return;
  }
  const spelt = new TextDecoder().decode(bytes).replace(/\p{Cc}/gu, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
  process.stdout.write(`${spelt}\n`);
}

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  return WRONG_ARGUMENTS;
}

process.exitCode = await run();
