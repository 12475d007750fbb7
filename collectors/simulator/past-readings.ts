/**
 * What reading the machines of a farm would have come to before anybody listened to them: the same replies through the same drivers, without sockets. For a demonstration
 * that begins with a past.
 */
import { DIALECT_ENTRIES } from '#collectors/cgminer/dialects.ts';
import { parseReply } from '#collectors/cgminer/parsing/parse-reply.ts';
import type { ReplyRecord } from '#collectors/cgminer/parsing/replies.ts';
import type { MachineReading, ReadTrouble } from '#collectors/cgminer/reading.ts';
import { perform } from './acts.ts';
import { answerRequest } from './answer.ts';
import type { Fault } from './faults.ts';
import { isSilent } from './machine.ts';
import { createPopulation, type PopulationPlan } from './population.ts';

/** Faults that a reader meets as no reading at all, as the transport names them. */
const TROUBLE_OF: Partial<Record<Fault, { trouble: ReadTrouble; detail: string }>> = {
  dead: { trouble: 'unreachable', detail: 'connect: time-out' },
  refused: { trouble: 'unreachable', detail: 'connect: refused' },
  hang: { trouble: 'silent', detail: 'no reply' },
  half: { trouble: 'garbled', detail: 'half a reply' },
  garbled: { trouble: 'garbled', detail: 'not JSON, and beyond repair' },
};

/** Reads machine `index` at `timeS`, seconds since 1970. Times of one machine must not go back. */
export type ReadPast = (index: number, timeS: number) => MachineReading;

/** Throws RangeError for a machine that the farm does not have. */
export function createPastReadings(plan: PopulationPlan): ReadPast {
  const population = createPopulation(plan);
  for (const { machine, fault } of population) {
    if (fault === 'board' || fault === 'fan') perform(machine, { kind: 'break', part: fault, at: 0 }, plan.runningSinceS);
  }
  const encoder = new TextEncoder();
  return (index, timeS) => {
    const place = population[index];
    if (!place) throw new RangeError(`machine ${index} is outside 0 to ${population.length - 1}`);
    const { machine, fault } = place;
    const observedAtMs = Math.floor(timeS) * 1000;
    const failed = (outcome: { trouble: ReadTrouble; detail: string }): MachineReading => {
      return { kind: 'failed', ...outcome, observedAtMs, raw: [], latencyMs: 0 };
    };
    const trouble = fault === null ? undefined : TROUBLE_OF[fault];
    if (trouble) return failed(trouble);
    if (isSilent(machine, timeS)) return failed({ trouble: 'silent', detail: 'no reply' });
    const { plan: commands, read } = DIALECT_ENTRIES[machine.unit.dialect];
    const replies: Record<string, ReplyRecord> = {};
    for (const command of [...commands.identity, ...commands.commands]) {
      const text = answerRequest(machine, JSON.stringify({ command }), { timeS, skewS: 0, fakesSuccess: false });
      const reply = parseReply(encoder.encode(text));
      if (reply.kind === 'garbled') return failed({ trouble: 'garbled', detail: `${command}: ${reply.detail}` });
      if (reply.kind === 'reply') replies[command] = reply.body;
    }
    return { kind: 'read', snapshot: read(replies, observedAtMs), raw: [], latencyMs: 0 };
  };
}
