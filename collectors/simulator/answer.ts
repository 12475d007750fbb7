import { perform } from './acts.ts';
import { type Command, status, writeReply } from './dialects/speech.ts';
import { speechOf } from './dialects/speech-of.ts';
import type { SimulatedMachine } from './machine.ts';
import { observe } from './moment.ts';

export type AnswerConditions = {
  /** The farm's clock, seconds since 1970. */
  timeS: number;
  /** How far the machine's own clock is ahead. */
  skewS: number;
  /** Says that it did what it was told, and does nothing. */
  fakesSuccess: boolean;
};

const UNREADABLE_CODE = 23;
const NO_COMMAND_CODE = 24;
const UNKNOWN_CODE = 14;

/** Answers one request as it came over the wire: the whole text of the reply, with the NUL where the firmware sends one. */
export function answerRequest(machine: SimulatedMachine, request: string, { timeS, skewS, fakesSuccess }: AnswerConditions): string {
  const speech = speechOf(machine.unit);
  const moment = observe(machine, timeS, skewS);
  const say = (reply: Parameters<typeof writeReply>[0]) => writeReply(reply, speech, moment);
  const answerOne = (command: Command): string => {
    const asked = speech.write(command, moment);
    if (asked !== null) {
      if ('refused' in asked) return say(asked.refused);
      const problem = fakesSuccess ? null : perform(machine, asked.act, timeS);
      return say(problem === null ? asked.done : status('E', UNKNOWN_CODE, problem));
    }
    const text = say(speech.read(command, moment) ?? status('E', UNKNOWN_CODE, 'Invalid command'));
    return speech.misspell ? speech.misspell(text, command, moment) : text;
  };
  const end = speech.endsWithNul ? '\0' : '';
  const command = readRequest(request);
  if (command === 'unreadable') return say(status('E', UNREADABLE_CODE, 'Invalid JSON')) + end;
  if (command === 'no-command') return say(status('E', NO_COMMAND_CODE, "Missing JSON 'command'")) + end;
  if (!command.name.includes('+')) return answerOne(command) + end;
  if (!speech.allowsJoined(moment)) return say(status('E', UNKNOWN_CODE, 'Invalid command')) + end;
  const names = command.name.split('+').filter((name) => name !== '');
  const parts = names.map((name) => `${JSON.stringify(name)}:[${answerOne({ name, parameter: '' })}]`);
  return `{${parts.join(',')},"id":1}${end}`;
}

/** A request is complete as soon as it can be read; firmware takes what one packet brings. */
export function isWholeRequest(text: string): boolean {
  return readRequest(text) !== 'unreadable';
}

function readRequest(text: string): Command | 'unreadable' | 'no-command' {
  let request: unknown;
  try {
    request = JSON.parse(text.replace(/[\0\s]+$/, ''));
  } catch {
    return 'unreadable';
  }
  if (typeof request !== 'object' || request === null) return 'no-command';
  const { command, cmd, parameter } = request as Record<string, unknown>;
  const name = typeof command === 'string' ? command : cmd;
  if (typeof name !== 'string') return 'no-command';
  return { name: name.toLowerCase(), parameter: typeof parameter === 'string' || typeof parameter === 'number' ? String(parameter) : '' };
}
