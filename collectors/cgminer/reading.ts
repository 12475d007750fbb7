/** What asking one machine came to. The poller, the technician's command and storage share these words. */
import type { MachineSnapshot } from './snapshot.ts';

/** Where a machine listens. `host` is an address or a name; the API's usual port is 4028. */
export type MachineAddress = { host: string; port: number };

/** Bytes of one command as they came over the wire. */
export type RawReply = { command: string; bytes: Uint8Array };

/**
 * - `unreachable`: no connection (refused, no route, time-out of connecting).
 * - `silent`: connected and nothing complete came in time, or the connection was cut.
 * - `garbled`: something came that could not be read even after repair; the bytes are kept in `raw`.
 * - `denied`: the machine answered that the command is not allowed or not known.
 */
export type ReadTrouble = 'unreachable' | 'silent' | 'garbled' | 'denied';

export type MachineReading =
  | { kind: 'read'; snapshot: MachineSnapshot; raw: readonly RawReply[]; latencyMs: number }
  | { kind: 'failed'; trouble: ReadTrouble; detail: string; observedAtMs: number; raw: readonly RawReply[]; latencyMs: number };

/** Asks one machine. Never rejects for what a machine may do wrong; rejects only when `signal` is aborted. */
export type ReadMachine = (address: MachineAddress, signal: AbortSignal) => Promise<MachineReading>;
