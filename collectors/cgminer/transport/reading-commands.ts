/**
 * The only place where bytes for a machine are made. What is not in the list is not sent, so nothing that this room does can change a
 * machine: commands that write belong to the capability level "manage" and to another room.
 */

/** Commands that read and need no token, by the documents of cgminer's API and of the makers. */
export const READING_COMMANDS = [
  'version',
  'summary',
  'stats',
  'pools',
  'devs',
  'edevs',
  'devdetails',
  // Whatsminer API v1 and v2.
  'get_version',
  'get_miner_info',
  'get_psu',
  'get_error_code',
  'status',
  // Whatsminer API v3.
  'get.device.info',
  'get.miner.status',
  'get.miner.setting',
  // Braiins OS.
  'temps',
  'fans',
  'tunerstatus',
  // LuxOS.
  'config',
  'power',
  'events',
] as const;
export type ReadingCommand = (typeof READING_COMMANDS)[number];

/** - `text`: JSON, the reply ends with a NUL or with the connection. - `length-prefixed`: four bytes of length, little-endian, both ways (Whatsminer API v3). */
export type Framing = 'text' | 'length-prefixed';

export const LENGTH_PREFIX_BYTES = 4;

/** What `get.miner.status` is asked for: without it the answer is empty. */
const V3_STATUS_SECTIONS = 'summary+pools+edevs';

/** The request for one command, or for several joined by `+`. Throws for a command that is not in the list: a defect of ours, whatever the types say. */
export function encodeRequest(commands: readonly ReadingCommand[], framing: Framing): Uint8Array {
  const refused = commands.filter((command) => !READING_COMMANDS.includes(command));
  if (commands.length === 0 || refused.length > 0) throw new Error(`not a reading command: ${JSON.stringify(refused)}`);
  if (framing === 'text') return new TextEncoder().encode(JSON.stringify({ command: commands.join('+') }));
  if (commands.length > 1) throw new Error(`commands cannot be joined here: ${commands.join(', ')}`);
  const request = { cmd: commands[0], ...(commands[0] === 'get.miner.status' ? { param: V3_STATUS_SECTIONS } : {}) };
  const body = new TextEncoder().encode(JSON.stringify(request));
  const bytes = new Uint8Array(LENGTH_PREFIX_BYTES + body.length);
  new DataView(bytes.buffer).setUint32(0, body.length, true);
  bytes.set(body, LENGTH_PREFIX_BYTES);
  return bytes;
}
