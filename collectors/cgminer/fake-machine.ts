/**
 * A machine for tests: a real TCP server on loopback that plays replies, well or badly. It can hang, answer half, cut off, drip, stream without
 * end, refuse joined commands, or end its answers in the ways that firmwares do. It writes down every command it was sent.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { isRecord, type Replies } from './parsing/replies.ts';
import type { MachineAddress } from './reading.ts';
import type { Framing, ReadingCommand } from './transport/reading-commands.ts';

export type FakeBehaviour =
  /** Plays the replies; `ending` is how an answer ends: a NUL with the connection left open, a NUL and close, close alone, half-close, or nothing at all. */
  | {
      kind: 'plays';
      replies: Replies;
      canJoin?: boolean;
      ending?: 'nul' | 'nul-and-close' | 'close' | 'half-close' | 'none';
      /** Commands that are treated otherwise, alone or joined with others. */
      faults?: Partial<Record<ReadingCommand, 'closes' | 'hangs' | 'garbles'>>;
    }
  /** These bytes for whatever is asked, then close. */
  | { kind: 'bytes'; bytes: Uint8Array }
  /** Accepts and says nothing. */
  | { kind: 'hangs' }
  /** Half of the answer, then nothing. */
  | { kind: 'sticks'; replies: Replies }
  /** Half of the answer, then a reset. */
  | { kind: 'breaks'; replies: Replies }
  /** Bytes as long as anybody reads. */
  | { kind: 'streams' };

export type FakeMachine = {
  address: MachineAddress;
  /** Commands as they came, joined ones as one. */
  commands: string[];
  behave(behaviour: FakeBehaviour): void;
  close(): Promise<void>;
};

const encode = (value: unknown) => Buffer.from(JSON.stringify(value));
const REFUSAL = { STATUS: [{ STATUS: 'E', When: 1_793_000_000, Code: 14, Msg: 'Invalid command', Description: 'cgminer 4.11.1' }], id: 1 };
const V3_REFUSAL = { code: -2, when: 1_793_000_000, msg: 'invalid command', desc: '' };
const WHATSMINER_REFUSAL = { STATUS: 'E', When: 1_793_000_000, Code: 14, Msg: 'invalid cmd', Description: '' };

function answerTo(replies: Replies, command: string, canJoin: boolean, framing: Framing): Uint8Array {
  const isWhatsminer = Object.values(replies).some((reply) => typeof reply.STATUS === 'string');
  const refusal = framing === 'length-prefixed' ? V3_REFUSAL : isWhatsminer ? WHATSMINER_REFUSAL : REFUSAL;
  const one = (name: string) => replies[name as ReadingCommand] ?? refusal;
  const names = command.split('+');
  if (names.length === 1) return encode(one(command));
  return encode(canJoin ? { ...Object.fromEntries(names.map((name) => [name, [one(name)]])), id: 1 } : refusal);
}

/** The command of a request, once all of it is here. */
function readCommand(received: Buffer, framing: Framing): string | null {
  try {
    const request: unknown = JSON.parse(received.subarray(framing === 'text' ? 0 : 4).toString());
    if (!isRecord(request)) return null;
    const command = framing === 'text' ? request.command : request.cmd;
    return typeof command === 'string' ? command : null;
  } catch {
    return null;
  }
}

function withLength(body: Uint8Array): Buffer {
  const prefix = Buffer.alloc(4);
  prefix.writeUInt32LE(body.length);
  return Buffer.concat([prefix, body]);
}

function send(socket: Socket, behaviour: FakeBehaviour, command: string, framing: Framing): void {
  switch (behaviour.kind) {
    case 'hangs':
      return;
    case 'bytes':
      socket.end(behaviour.bytes);
      return;
    case 'streams': {
      const more = () => {
        while (!socket.destroyed && socket.write('x'.repeat(64 * 1024)));
      };
      socket.on('drain', more);
      more();
      return;
    }
    case 'sticks':
    case 'breaks': {
      const body = answerTo(behaviour.replies, command, true, framing);
      socket.write(body.subarray(0, body.length / 2), () => {
        if (behaviour.kind === 'breaks') socket.resetAndDestroy();
      });
      return;
    }
    case 'plays': {
      const fault = command
        .split('+')
        .map((name) => behaviour.faults?.[name as ReadingCommand])
        .find((found) => found !== undefined);
      if (fault === 'hangs') return;
      if (fault !== undefined) {
        socket.end(fault === 'garbles' ? '{"STATUS":[{"STATUS":"S"\0' : '');
        return;
      }
      const body = answerTo(behaviour.replies, command, behaviour.canJoin ?? true, framing);
      if (framing === 'length-prefixed') {
        socket.write(withLength(body));
        return;
      }
      const ending = behaviour.ending ?? 'nul-and-close';
      // In two pieces: nobody may rely on one.
      socket.write(body.subarray(0, 10));
      socket.write(body.subarray(10));
      if (ending === 'nul' || ending === 'nul-and-close') socket.write('\0');
      if (ending === 'close' || ending === 'nul-and-close' || ending === 'half-close') socket.end();
    }
  }
}

export async function startFakeMachine(behaviour: FakeBehaviour, framing: Framing = 'text'): Promise<FakeMachine> {
  let current = behaviour;
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  // Half-open connections: a firmware that closes its side still listens, and one that was closed on still answers.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    let received = Buffer.alloc(0);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const command = readCommand(received, framing);
      if (command === null) return;
      received = Buffer.alloc(0);
      commands.push(command);
      send(socket, current, command, framing);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: { host: '127.0.0.1', port },
    commands,
    behave: (next) => {
      current = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
