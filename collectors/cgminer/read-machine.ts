/**
 * Asks one machine and turns its answers into a snapshot: finds out the dialect, asks what the dialect's plan lists, joined where the firmware
 * takes it, and hands the replies to the driver. The entry of this room for poller, command line and edge.
 */
import { DIALECT_ENTRIES, framingOfPort, WHATSMINER_V3_PLAN } from './dialects.ts';
import { IDENTIFYING_COMMANDS, identify } from './identify.ts';
import { isWholeDocument, type ParsedReply, parseReply, splitJoined } from './parsing/parse-reply.ts';
import type { Replies, ReplyRecord } from './parsing/replies.ts';
import type { MachineAddress, MachineReading, RawReply, ReadMachine, ReadTrouble } from './reading.ts';
import type { Dialect } from './snapshot.ts';
import { type ExchangeLimits, exchange } from './transport/exchange.ts';
import type { Framing, ReadingCommand } from './transport/reading-commands.ts';

/** `totalMs` is for the whole reading, however many questions it takes. */
export type ReadLimits = ExchangeLimits;

/** Machines in one hall: a lost SYN (1 s) and a slow answer (3 s) are waited for, a machine that hangs is not. */
export const DEFAULT_LIMITS: ReadLimits = { connectMs: 3_000, idleMs: 5_000, totalMs: 15_000, maxBytes: 1024 * 1024 };

export type ReadMachineOptions = {
  limits?: Partial<ReadLimits>;
  nowMs?: () => number;
  /** How an address is spoken to; by its port unless told otherwise. */
  framingOf?: (address: MachineAddress) => Framing;
};

/** How long dialect, identity and refusals are believed, at least: an address may get another machine, a machine another firmware. */
const IDENTITY_MS = 10 * 60_000;
/** Some are believed longer, by up to so many minutes: machines that were met in one cycle are asked again in as many cycles, not all in one. */
const IDENTITY_SPREAD_MINUTES = 10;
/** Machines remembered by one reader; the one remembered longest gives way. */
const MAX_REMEMBERED = 100_000;
/** "Invalid command" and "access denied" of cgminer and of Whatsminer, "invalid command" and "no permission" of Whatsminer API v3: they stay so. Other refusals pass (a mining process that restarts). */
const LASTING_REFUSALS = new Set([14, 45, -2, -4]);

type Remembered = {
  dialect: Dialect;
  believedUntilMs: number;
  identity: Replies;
  refused: ReadonlySet<ReadingCommand>;
  /** `untried` becomes one of the others with the first joined question. */
  joining: 'untried' | 'works' | 'refused';
};

type Failure = { trouble: ReadTrouble; detail: string };
type Answer = ParsedReply | ({ kind: 'failed' } & Failure);

/** What one reading has heard so far. */
type Session = {
  ask(commands: readonly ReadingCommand[]): Promise<Answer>;
  raw: RawReply[];
  understood: Partial<Record<ReadingCommand, ReplyRecord>>;
  /** Bodies of refusals: they name the firmware too. */
  refusals: Map<ReadingCommand, Extract<ParsedReply, { kind: 'denied' }>>;
};

/**
 * A reader with a memory of dialects, bounded. Safe to call for many machines at once; one machine is to be asked once at a time, which the
 * caller sees to.
 */
export function createReadMachine(options: ReadMachineOptions = {}): ReadMachine {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const nowMs = options.nowMs ?? Date.now;
  const framingOf = options.framingOf ?? (({ port }: MachineAddress) => framingOfPort(port));
  const memory = new Map<string, Remembered>();
  let meetings = 0;
  const nextSpreadMs = () => (meetings++ % IDENTITY_SPREAD_MINUTES) * 60_000;

  return async (address, signal) => {
    const startedAtMs = performance.now();
    const framing = framingOf(address);
    const session = startSession(address, framing, limits, signal);
    const key = `${address.host} ${address.port}`;
    const outcome = await readOnce(session, framing, recall(memory.get(key), nowMs()), nowMs, nextSpreadMs);
    const shared = { raw: session.raw, latencyMs: performance.now() - startedAtMs };
    memory.delete(key);
    if ('trouble' in outcome) return { kind: 'failed', ...outcome, observedAtMs: nowMs(), ...shared };
    memory.set(key, outcome.remembered);
    if (memory.size > MAX_REMEMBERED) memory.delete(memory.keys().next().value!);
    return { kind: 'read', snapshot: outcome.snapshot, ...shared };
  };
}

function recall(remembered: Remembered | undefined, nowMs: number): Remembered | null {
  return remembered !== undefined && nowMs < remembered.believedUntilMs ? remembered : null;
}

function startSession(address: MachineAddress, framing: Framing, limits: ReadLimits, signal: AbortSignal): Session {
  const deadlineMs = performance.now() + limits.totalMs;
  const raw: RawReply[] = [];
  return {
    raw,
    understood: {},
    refusals: new Map(),
    async ask(commands) {
      const totalMs = deadlineMs - performance.now();
      if (totalMs <= 0) return { kind: 'failed', trouble: 'silent', detail: `no complete reading within ${limits.totalMs} ms` };
      const outcome = await exchange(address, commands, framing, { ...limits, totalMs: Math.ceil(totalMs) }, signal);
      if (outcome.kind === 'unreachable') return { kind: 'failed', trouble: 'unreachable', detail: outcome.detail };
      if (outcome.bytes.length > 0) raw.push({ command: commands.join('+'), bytes: outcome.bytes });
      if (outcome.kind === 'too-long') return { kind: 'failed', trouble: 'garbled', detail: outcome.detail };
      if (outcome.kind === 'complete') return parseReply(outcome.body);
      // Firmware that neither sends a NUL nor closes: the document itself says that it is whole.
      const isWhole = framing === 'text' && isWholeDocument(outcome.bytes);
      return isWhole ? parseReply(outcome.bytes) : { kind: 'failed', trouble: 'silent', detail: outcome.detail };
    },
  };
}

type ReadOnce = { snapshot: Extract<MachineReading, { kind: 'read' }>['snapshot']; remembered: Remembered } | Failure;

async function readOnce(
  session: Session,
  framing: Framing,
  recalled: Remembered | null,
  nowMs: () => number,
  nextSpreadMs: () => number,
): Promise<ReadOnce> {
  const remembered = recalled ?? (await meet(session, framing, nowMs() + IDENTITY_MS + nextSpreadMs()));
  if ('trouble' in remembered) return remembered;
  const { plan } = framing === 'text' ? DIALECT_ENTRIES[remembered.dialect] : { plan: WHATSMINER_V3_PLAN };
  const isNew = recalled === null;
  const commands = [...plan.commands, ...(isNew ? plan.identity : [])].filter(
    (command) => session.understood[command] === undefined && !session.refusals.has(command) && !remembered.refused.has(command),
  );
  const joined = plan.canJoin && commands.length > 1 ? await askJoined(session, commands, remembered.joining) : remembered.joining;
  if (typeof joined !== 'string') return joined;
  const failure = await askEach(session, commands, plan.concurrency);
  if (failure !== null) return failure;
  if (!plan.needed.some((command) => session.understood[command] !== undefined)) {
    const refusal = plan.needed.map((command) => session.refusals.get(command)).find((found) => found !== undefined);
    return { trouble: 'denied', detail: refusal?.detail ?? `${plan.needed[0]} was refused before` };
  }
  const replies: Replies = { ...remembered.identity, ...session.understood };
  // `stats` may show a firmware that its `version` hides.
  const dialect = isNew ? (identify(replies) ?? remembered.dialect) : remembered.dialect;
  return {
    snapshot: DIALECT_ENTRIES[dialect].read(replies, nowMs()),
    remembered: { ...remembered, dialect, joining: joined, ...(isNew ? learn(session, plan.identity) : {}) },
  };
}

/** Finds out who it is. What was asked for that is kept for the reading. */
async function meet(session: Session, framing: Framing, believedUntilMs: number): Promise<Remembered | Failure> {
  const stranger = { believedUntilMs, identity: {}, refused: new Set<ReadingCommand>(), joining: 'untried' } as const;
  if (framing === 'length-prefixed') return { ...stranger, dialect: 'whatsminer' };
  let dialect: Dialect | null = null;
  for (const command of IDENTIFYING_COMMANDS) {
    const failure = keep(session, command, await session.ask([command]));
    if (failure !== null) return failure;
    dialect = identify({ ...Object.fromEntries([...session.refusals].map(([asked, { body }]) => [asked, body])), ...session.understood });
    if (dialect !== null) break;
  }
  return { ...stranger, dialect: dialect ?? 'cgminer' };
}

function learn(session: Session, identity: readonly ReadingCommand[]): Pick<Remembered, 'identity' | 'refused'> {
  const lasting = [...session.refusals].filter(([, { code }]) => code !== null && LASTING_REFUSALS.has(code));
  return {
    identity: Object.fromEntries(
      identity.flatMap((command) => (session.understood[command] ? [[command, session.understood[command]]] : [])),
    ),
    refused: new Set(lasting.map(([command]) => command)),
  };
}

/** Files the answer to one command; a failure is what ends the reading. */
function keep(session: Session, command: ReadingCommand, answer: Answer): Failure | null {
  switch (answer.kind) {
    case 'reply':
      session.understood[command] = answer.body;
      return null;
    case 'denied':
      session.refusals.set(command, answer);
      return null;
    case 'garbled':
      return { trouble: 'garbled', detail: `${command}: ${answer.detail}` };
    case 'failed':
      return { trouble: answer.trouble, detail: answer.trouble === 'unreachable' ? answer.detail : `${command}: ${answer.detail}` };
  }
}

/**
 * One question for all. Firmware that never answered one well may refuse it in any way (an error, nonsense, silence): then they are asked one
 * by one, now and later. Where joining has worked, a bad answer is a bad answer.
 */
async function askJoined(
  session: Session,
  commands: readonly ReadingCommand[],
  joining: Remembered['joining'],
): Promise<Remembered['joining'] | Failure> {
  if (joining === 'refused') return 'refused';
  const answer = await session.ask(commands);
  const parts = answer.kind === 'reply' ? splitJoined(answer.body, commands) : null;
  if (parts !== null) {
    for (const { command, reply } of parts) {
      const failure = keep(session, command, reply);
      if (failure !== null) return failure;
    }
    return 'works';
  }
  if (answer.kind === 'failed' && (joining === 'works' || answer.trouble === 'unreachable')) return answer;
  if (answer.kind === 'garbled' && joining === 'works') return { trouble: 'garbled', detail: `${commands.join('+')}: ${answer.detail}` };
  return 'refused';
}

/** Asks what is still open, a few at a time, in order. Stops asking at the first failure. */
async function askEach(session: Session, commands: readonly ReadingCommand[], concurrency: number): Promise<Failure | null> {
  const open = commands.filter((command) => session.understood[command] === undefined && !session.refusals.has(command));
  let failure: Failure | null = null;
  const askNext = async (): Promise<void> => {
    for (let command = open.shift(); command !== undefined && failure === null; command = open.shift()) {
      const found = keep(session, command, await session.ask([command]));
      failure ??= found;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, askNext));
  return failure;
}
