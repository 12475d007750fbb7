/**
 * Asks one machine and turns its answers into a snapshot: finds out the dialect, asks what the dialect's plan lists, joined where the firmware
 * takes it, and hands the replies to the driver. The entry of this room for poller, command line and edge.
 */
import { type CommandPlan, DIALECT_ENTRIES, framingOfPort, WHATSMINER_V3_PLAN } from './dialects.ts';
import { IDENTIFYING_COMMANDS, identify } from './identify.ts';
import { isWholeDocument, type ParsedReply, parseReply, splitJoined } from './parsing/parse-reply.ts';
import type { Replies, ReplyRecord } from './parsing/replies.ts';
import type { MachineAddress, MachineReading, RawReply, ReadMachine, ReadTrouble } from './reading.ts';
import type { Dialect, SnapshotNote } from './snapshot.ts';
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

/** A command that is not needed and failed in so many readings in a row is not asked again before identity is: a firmware that does not know it may close or hang. */
const MOST_FAILURES = 2;
/** Of a note's text. */
const MAX_NOTE = 80;

/** A command that was not answered as it should be: what became of it last, and in how many readings in a row. */
type Unanswered = { detail: string; times: number };

type Remembered = {
  dialect: Dialect;
  believedUntilMs: number;
  identity: Replies;
  refused: ReadonlySet<ReadingCommand>;
  unanswered: ReadonlyMap<ReadingCommand, Unanswered>;
  /** `untried` becomes one of the others with the first joined question. */
  joining: 'untried' | 'works' | 'refused';
};

type Failure = { trouble: ReadTrouble; detail: string };
/** `isLate`: no end came in time, in contrast to a connection that was closed. */
type Answer = ParsedReply | ({ kind: 'failed'; isLate: boolean } & Failure);

/** What one reading has heard so far. */
type Session = {
  ask(commands: readonly ReadingCommand[]): Promise<Answer>;
  raw: RawReply[];
  understood: Partial<Record<ReadingCommand, ReplyRecord>>;
  /** Bodies of refusals: they name the firmware too. */
  refusals: Map<ReadingCommand, Extract<ParsedReply, { kind: 'denied' }>>;
  /** Questions that came to nothing. */
  failures: Map<ReadingCommand, Failure>;
  /** The time of the reading is up: what fails then says nothing of its command. */
  isOver(): boolean;
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
    const outcome = await readOnce(session, framing, memory.get(key) ?? null, nowMs, nextSpreadMs);
    const shared = { raw: session.raw, latencyMs: performance.now() - startedAtMs };
    memory.delete(key);
    if ('trouble' in outcome) return { kind: 'failed', ...outcome, observedAtMs: nowMs(), ...shared };
    memory.set(key, outcome.remembered);
    if (memory.size > MAX_REMEMBERED) memory.delete(memory.keys().next().value!);
    return { kind: 'read', snapshot: outcome.snapshot, ...shared };
  };
}

function startSession(address: MachineAddress, framing: Framing, limits: ReadLimits, signal: AbortSignal): Session {
  const deadlineMs = performance.now() + limits.totalMs;
  const raw: RawReply[] = [];
  return {
    raw,
    understood: {},
    refusals: new Map(),
    failures: new Map(),
    isOver: () => performance.now() >= deadlineMs,
    async ask(commands) {
      const totalMs = deadlineMs - performance.now();
      if (totalMs <= 0)
        return { kind: 'failed', trouble: 'silent', isLate: true, detail: `no complete reading within ${limits.totalMs} ms` };
      const outcome = await exchange(address, commands, framing, { ...limits, totalMs: Math.ceil(totalMs) }, signal);
      if (outcome.kind === 'unreachable') return { kind: 'failed', trouble: 'unreachable', isLate: false, detail: outcome.detail };
      if (outcome.bytes.length > 0) raw.push({ command: commands.join('+'), bytes: outcome.bytes });
      if (outcome.kind === 'too-long') return { kind: 'failed', trouble: 'garbled', isLate: false, detail: outcome.detail };
      if (outcome.kind === 'complete') return parseReply(outcome.body);
      // Firmware that neither sends a NUL nor closes: the document itself says that it is whole.
      const isWhole = framing === 'text' && isWholeDocument(outcome.bytes);
      return isWhole ? parseReply(outcome.bytes) : { kind: 'failed', trouble: 'silent', isLate: outcome.isLate, detail: outcome.detail };
    },
  };
}

type ReadOnce = { snapshot: Extract<MachineReading, { kind: 'read' }>['snapshot']; remembered: Remembered } | Failure;

async function readOnce(
  session: Session,
  framing: Framing,
  before: Remembered | null,
  nowMs: () => number,
  nextSpreadMs: () => number,
): Promise<ReadOnce> {
  const recalled = before !== null && nowMs() < before.believedUntilMs ? before : null;
  const remembered = recalled ?? (await meet(session, framing, nowMs() + IDENTITY_MS + nextSpreadMs()));
  if ('trouble' in remembered) return remembered;
  const { plan } = framing === 'text' ? DIALECT_ENTRIES[remembered.dialect] : { plan: WHATSMINER_V3_PLAN };
  const isNew = recalled === null;
  const isLeftOut = (command: ReadingCommand) =>
    remembered.refused.has(command) || (remembered.unanswered.get(command)?.times ?? 0) >= MOST_FAILURES;
  const commands = [...plan.commands, ...(isNew ? plan.identity : [])].filter(
    (command) => !isSettled(session, command) && !isLeftOut(command),
  );
  const joined = plan.canJoin && commands.length > 1 ? await askJoined(session, commands, remembered.joining) : remembered.joining;
  if (typeof joined !== 'string') return joined;
  const failure = await askEach(session, commands, plan);
  if (failure !== null) return failure;
  if (!plan.needed.some((command) => session.understood[command] !== undefined)) return describeNothing(session, plan);
  // `stats` may show a firmware that its `version` hides.
  const dialect = isNew ? (identify(session.understood) ?? remembered.dialect) : remembered.dialect;
  // A machine that has answered all along is the same: what it does not tell of itself this time it has told before.
  const identity = before !== null && before.dialect === dialect ? before.identity : {};
  const snapshot = DIALECT_ENTRIES[dialect].read({ ...identity, ...session.understood }, nowMs());
  const unanswered = countUnanswered(session, remembered.unanswered);
  const notes = [...unanswered].map(
    ([command, { detail }]): SnapshotNote => ({ field: command, value: detail.slice(0, MAX_NOTE), reason: 'unanswered' }),
  );
  return {
    snapshot: notes.length === 0 ? snapshot : { ...snapshot, notes: [...snapshot.notes, ...notes] },
    remembered: { ...remembered, dialect, joining: joined, unanswered, ...(isNew ? learn(session, plan.identity, identity) : {}) },
  };
}

/** Was it asked in this reading, whatever came of it? */
function isSettled({ understood, refusals, failures }: Session, command: ReadingCommand): boolean {
  return understood[command] !== undefined || refusals.has(command) || failures.has(command);
}

/** Why nothing needed was told: a question that failed says more than one that was refused. */
function describeNothing({ failures, refusals }: Session, { needed }: CommandPlan): Failure {
  const failure = needed.map((command) => failures.get(command)).find((found) => found !== undefined);
  const refusal = needed.map((command) => refusals.get(command)).find((found) => found !== undefined);
  return failure ?? { trouble: 'denied', detail: refusal?.detail ?? `${needed[0]} was refused before` };
}

/** What is not answered as it should be, counted over readings in a row. A command that was not asked now keeps what is known of it. */
function countUnanswered(session: Session, before: Remembered['unanswered']): Remembered['unanswered'] {
  const counted = new Map([...before].filter(([command]) => session.understood[command] === undefined && !session.refusals.has(command)));
  const step = session.isOver() ? 0 : 1;
  for (const [command, { detail }] of session.failures) counted.set(command, { detail, times: (before.get(command)?.times ?? 0) + step });
  return counted;
}

/** Finds out who it is. What was asked for that is kept for the reading. */
async function meet(session: Session, framing: Framing, believedUntilMs: number): Promise<Remembered | Failure> {
  const stranger = {
    believedUntilMs,
    identity: {},
    refused: new Set<ReadingCommand>(),
    unanswered: new Map(),
    joining: 'untried',
  } as const;
  if (framing === 'length-prefixed') return { ...stranger, dialect: 'whatsminer' };
  let dialect: Dialect | null = null;
  for (const command of IDENTIFYING_COMMANDS) {
    const answer = await session.ask([command]);
    const failure = keep(session, command, answer);
    // Firmware closes on commands it does not know, or says nonsense: the next command may tell. One that hangs is not asked three times.
    if (failure !== null && answer.kind === 'failed' && (answer.isLate || failure.trouble === 'unreachable')) return failure;
    dialect = identify({ ...Object.fromEntries([...session.refusals].map(([asked, { body }]) => [asked, body])), ...session.understood });
    if (dialect !== null) break;
  }
  const [first] = session.failures.values();
  const isKnown = dialect !== null || session.refusals.size > 0 || Object.keys(session.understood).length > 0;
  return isKnown || first === undefined ? { ...stranger, dialect: dialect ?? 'cgminer' } : first;
}

function learn(session: Session, commands: readonly ReadingCommand[], before: Replies): Pick<Remembered, 'identity' | 'refused'> {
  const told = commands.flatMap((command) => (session.understood[command] ? [[command, withoutDate(session.understood[command])]] : []));
  const lasting = [...session.refusals].filter(([, { code }]) => code !== null && LASTING_REFUSALS.has(code));
  return { identity: { ...before, ...Object.fromEntries(told) }, refused: new Set(lasting.map(([command]) => command)) };
}

/** What a reply says of the machine, without the time at which it said so: the clock is judged by the replies of one reading. */
function withoutDate(reply: ReplyRecord): ReplyRecord {
  return Object.fromEntries(Object.entries(reply).filter(([key]) => key !== 'STATUS' && key !== 'When' && key !== 'when'));
}

/** Files the answer to one command; gives back what failed. */
function keep(session: Session, command: ReadingCommand, answer: Answer): Failure | null {
  if (answer.kind === 'reply') {
    session.understood[command] = answer.body;
    return null;
  }
  if (answer.kind === 'denied') {
    session.refusals.set(command, answer);
    return null;
  }
  const trouble = answer.kind === 'garbled' ? 'garbled' : answer.trouble;
  const failure = { trouble, detail: trouble === 'unreachable' ? answer.detail : `${command}: ${answer.detail}` };
  session.failures.set(command, failure);
  return failure;
}

/**
 * One question for all. Firmware that never answered one well may refuse it in any way (an error, nonsense, silence): then they are asked one
 * by one, now and later. Where joining has worked, silence is silence; nonsense may come from one of the commands, so they are asked one by one this time.
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
    for (const { command, reply } of parts) keep(session, command, reply);
    return 'works';
  }
  if (answer.kind === 'failed' && (answer.trouble === 'unreachable' || (joining === 'works' && answer.trouble === 'silent'))) {
    return { trouble: answer.trouble, detail: answer.detail };
  }
  return joining === 'works' && (answer.kind === 'garbled' || answer.kind === 'failed') ? 'works' : 'refused';
}

/**
 * Asks what is still open, a few at a time, what is needed first. Stops when nobody is there any more, or when nothing needed can come: then the rest
 * tells nothing, and a machine that hangs is not asked to the end.
 */
async function askEach(
  session: Session,
  commands: readonly ReadingCommand[],
  { needed, concurrency }: CommandPlan,
): Promise<Failure | null> {
  const isNeeded = (command: ReadingCommand) => needed.includes(command);
  const unasked = commands.filter((command) => !isSettled(session, command));
  const open = [...unasked.filter(isNeeded), ...unasked.filter((command) => !isNeeded(command))];
  const isHopeless = () =>
    needed.every((command) => session.understood[command] === undefined && (isSettled(session, command) || !unasked.includes(command)));
  let gone: Failure | null = null;
  const askNext = async (): Promise<void> => {
    while (gone === null && !isHopeless()) {
      const command = open.shift();
      if (command === undefined) return;
      const failure = keep(session, command, await session.ask([command]));
      if (failure?.trouble === 'unreachable') gone ??= failure;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, askNext));
  return gone;
}
