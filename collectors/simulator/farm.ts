/** A farm of simulated machines, each listening on an address of its own in this process. */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { MachineAddress } from '#collectors/cgminer/reading.ts';
import { DIALECTS, type Dialect } from '#collectors/cgminer/snapshot.ts';
import { type MachineAct, perform } from './acts.ts';
import { answerRequest } from './answer.ts';
import { draw, mix } from './draw.ts';
import type { Fault, FaultShares } from './faults.ts';
import { isSilent, type SimulatedMachine } from './machine.ts';
import { observe } from './moment.ts';
import { requireOpenFiles } from './open-files.ts';
import { createPopulation, USUAL_TROUBLES_PER_DAY } from './population.ts';
import { type Service, serveConnection } from './serve-machine.ts';
import { createTarpit } from './tarpit.ts';

export type FarmOptions = {
  /** 1 to 60,000. */
  miners: number;
  /** The same seed gives the same machines; with the same `startS` they also say the same at the same time. */
  seed?: number;
  /** Machines take turns in this order. */
  dialects?: readonly Dialect[];
  /** `address`: 127.16.0.1, 127.16.0.2 and so on, all at one port (Linux). `port`: one address and a port each. */
  layout?: 'address' | 'port';
  /** The port, or the first of them; 0 takes a free one (layout `address` only). */
  basePort?: number;
  faults?: FaultShares;
  /** How fast the farm's time passes; 1 is real time. Clocks of machines run with it. */
  speed?: number;
  /** When the farm's time begins, seconds since 1970; now if not given. */
  startS?: number;
  /** Every machine has been running since some time before this moment; `startS` if not given. */
  runningSinceS?: number;
  /** How often a machine has trouble of its own, per day, 0 to 1. */
  troublesPerDay?: number;
  /** Extra wait of the fault `slow`, ms. */
  slowMs?: number;
};

export type FarmMachine = { index: number; address: MachineAddress; dialect: Dialect; model: string; worker: string };

export type Farm = {
  machines: readonly FarmMachine[];
  faultOf(index: number): Fault | null;
  /** Gives these machines a fault in place of the one they had; null heals them. */
  setFault(indexes: readonly number[], fault: Fault | null): Promise<void>;
  /** Does something to a machine as if its own firmware had been told. Returns null when done, or why it cannot be. */
  perform(index: number, act: MachineAct): string | null;
  /** What the machine is really doing, for tests that compare. */
  observe(index: number): ReturnType<typeof observe>;
  counters(): { connections: number; requests: number; openConnections: number };
  close(): Promise<void>;
};

const MOST_MINERS = 60_000;
const USUAL_PORT = 4028;
const USUAL_SLOW_MS = 3000;
/** Replies that follow a delayed one within this time belong to the same reading. */
const SLOW_READING_MS = 10_000;
/** Open files beyond one a machine: connections, the tarpit's fillers and Node itself. */
const SPARE_FILES = 1500;
const LISTENERS_AT_ONCE = 500;
const CHANNEL = { latency: 81, skew: 82 } as const;

type Place = {
  machine: SimulatedMachine;
  address: MachineAddress;
  fault: Fault | null;
  server: Server | null;
  requests: number;
  slowUntilMs: number;
};

export async function startFarm(options: FarmOptions): Promise<Farm> {
  const { miners, seed = 1, dialects = DIALECTS, layout = 'address', basePort = USUAL_PORT, faults = {}, speed = 1 } = options;
  if (!Number.isInteger(miners) || miners < 1 || miners > MOST_MINERS)
    throw new Error(`miners is ${miners}; 1 to ${MOST_MINERS} are possible.`);
  if (!(speed > 0 && speed <= 10_000)) throw new Error(`speed is ${speed}; above 0 and at most 10000 is possible.`);
  if (dialects.length === 0) throw new Error(`dialects is empty; give at least one of ${DIALECTS.join(', ')}.`);
  if (layout === 'port' && (basePort < 1 || basePort + miners - 1 > 65_535)) {
    throw new Error(`base port ${basePort} with ${miners} machines leaves the range 1 to 65535.`);
  }
  const dead = Math.round((faults.dead ?? 0) * miners);
  requireOpenFiles(miners + 2 * dead + SPARE_FILES, `A farm of ${miners} machines`);

  const startMs = performance.now();
  const startS = options.startS ?? Date.now() / 1000;
  const timeS = () => startS + ((performance.now() - startMs) / 1000) * speed;
  const slowMs = options.slowMs ?? USUAL_SLOW_MS;
  const troublesPerDay = options.troublesPerDay ?? USUAL_TROUBLES_PER_DAY;
  const sockets = new Set<Socket>();
  const tarpit = createTarpit();
  let connections = 0;

  const population = createPopulation({ miners, seed, dialects, faults, troublesPerDay, runningSinceS: options.runningSinceS ?? startS });
  let port = basePort;
  const places = population.map(({ machine }): Place => {
    return { machine, address: { host: '', port: 0 }, fault: null, server: null, requests: 0, slowUntilMs: 0 };
  });
  const addressOf = (index: number): MachineAddress =>
    layout === 'port' ? { host: '127.0.0.1', port: port + index } : { host: hostOf(index), port };

  function serve(place: Place, request: string): Service {
    const { machine, fault } = place;
    const now = timeS();
    place.requests += 1;
    if (fault === 'hang') return { kind: 'silence' };
    const skewS = fault === 'skew' ? skewOf(machine) : 0;
    if (isSilent(machine, now)) return { kind: 'cut' };
    const text = answerRequest(machine, request, { timeS: now, skewS, fakesSuccess: fault === 'fake-success' });
    const delayMs = machine.unit.latencyMs * (0.5 + draw(machine.unit.seed, CHANNEL.latency, place.requests)) + slowWait(place);
    if (fault === 'half') return { kind: 'half', text, delayMs };
    return { kind: 'reply', text: fault === 'garbled' ? garble(text, machine.unit.seed) : text, delayMs };
  }

  function slowWait(place: Place): number {
    if (place.fault !== 'slow') return 0;
    const nowMs = performance.now();
    if (nowMs < place.slowUntilMs) return 0;
    place.slowUntilMs = nowMs + SLOW_READING_MS;
    return slowMs;
  }

  function listen(place: Place): Promise<void> {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      connections += 1;
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      serveConnection(socket, (request) => serve(place, request));
    });
    place.server = server;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ ...place.address, backlog: 16 }, () => {
        server.off('error', reject);
        resolve();
      });
    });
  }

  function unlisten(place: Place): Promise<void> {
    const { server } = place;
    place.server = null;
    // Connections that are being served go on; only new ones are not taken.
    server?.close();
    return Promise.resolve();
  }

  const isListening = (fault: Fault | null) => fault !== 'dead' && fault !== 'refused';

  async function setFault(indexes: readonly number[], fault: Fault | null): Promise<void> {
    const chosen = indexes.map((index) => placeAt(index));
    const touchesTarpit = fault === 'dead' || chosen.some((place) => place.fault === 'dead');
    for (const place of chosen) {
      const before = place.fault;
      place.fault = fault;
      if (before === 'board' || before === 'fan') perform(place.machine, { kind: 'mend' }, timeS());
      if (fault === 'board' || fault === 'fan') perform(place.machine, { kind: 'break', part: fault, at: 0 }, timeS());
      if (!isListening(fault)) await unlisten(place);
    }
    if (touchesTarpit) await tarpit.hold(places.filter((place) => place.fault === 'dead').map(({ address }) => address));
    const silent = chosen.filter((place) => isListening(fault) && place.server === null);
    for (let from = 0; from < silent.length; from += LISTENERS_AT_ONCE) {
      await Promise.all(silent.slice(from, from + LISTENERS_AT_ONCE).map(listen));
    }
  }

  function placeAt(index: number): Place {
    const place = places[index];
    if (!place) throw new Error(`machine ${index} is outside 0 to ${miners - 1}.`);
    return place;
  }

  async function close() {
    for (const place of places) await unlisten(place);
    for (const socket of sockets) socket.destroy();
    await tarpit.close();
  }

  try {
    const first = places[0]!;
    first.address = addressOf(0);
    await listen(first);
    port = (first.server!.address() as AddressInfo).port;
    for (const [index, place] of places.entries()) place.address = addressOf(index);
    const order = new Map<Fault | null, number[]>();
    for (const [index, { fault }] of population.entries()) {
      const group = order.get(fault);
      if (group) group.push(index);
      else order.set(fault, [index]);
    }
    for (const [fault, indexes] of order) await setFault(indexes, fault);
  } catch (error) {
    await close();
    throw error;
  }

  return {
    machines: places.map(({ machine: { unit }, address }) => ({
      index: unit.index,
      address,
      dialect: unit.dialect,
      model: unit.model.name,
      worker: unit.worker,
    })),
    faultOf: (index) => placeAt(index).fault,
    setFault,
    perform: (index, act) => perform(placeAt(index).machine, act, timeS()),
    observe: (index) => observe(placeAt(index).machine, timeS()),
    counters: () => ({
      connections,
      requests: places.reduce((sum, { requests }) => sum + requests, 0),
      openConnections: sockets.size,
    }),
    close,
  };
}

/** Where a machine of the layout `address` listens: 127.16.0.1, 127.16.0.2 and so on. */
export function hostOf(index: number): string {
  return `127.${16 + Math.floor(index / 62_500)}.${Math.floor(index / 250) % 250}.${(index % 250) + 1}`;
}

/** Five minutes to three hours, ahead or behind, seconds. */
function skewOf({ unit }: SimulatedMachine): number {
  const drawn = draw(unit.seed, CHANNEL.skew);
  return (drawn < 0.5 ? -1 : 1) * Math.round(300 + 10_500 * draw(unit.seed, CHANNEL.skew, 1));
}

/** Characters of structure in wrong places: nothing that mending commas could help. */
function garble(text: string, seed: number): string {
  const noise = '{}[]":,\x07\x7fx9';
  let broken = '';
  for (let at = 0; at < text.length; at++) broken += mix(seed, at) % 6 === 0 ? noise[mix(seed, at, 1) % noise.length] : text[at];
  return broken;
}
