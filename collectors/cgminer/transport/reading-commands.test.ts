import { describe, expect, it } from 'vitest';
import { DIALECT_ENTRIES, WHATSMINER_V3_PLAN } from '../dialects.ts';
import { IDENTIFYING_COMMANDS } from '../identify.ts';
import { encodeRequest, READING_COMMANDS, type ReadingCommand } from './reading-commands.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Words of commands that change a machine, in the documents of cgminer and of the makers. */
const WRITING =
  /set|add|remove|switch|enable|disable|restart|reboot|quit|save|zero|update|upgrade|factory|power_o|pre_|adjust|led|token|login|log|pause|resume|curtail|profile|group|lockstat|privileged|hotplug|write|password|pwd/;

describe('requests', () => {
  it('never writes below manage: every command that any plan sends is a reading one', () => {
    const planned = [...Object.values(DIALECT_ENTRIES).map(({ plan }) => plan), WHATSMINER_V3_PLAN].flatMap(
      ({ commands, identity, needed }) => [...commands, ...identity, ...needed],
    );
    expect([...planned, ...IDENTIFYING_COMMANDS].filter((command) => !READING_COMMANDS.includes(command))).toEqual([]);
    // "get.miner.setting" reads settings.
    expect(READING_COMMANDS.filter((command) => command !== 'get.miner.setting' && WRITING.test(command))).toEqual([]);
  });

  it.each([
    'reboot',
    'ascset',
    'summary+ascset',
    'set.miner.power',
    'addpool',
    'Summary',
    '',
    'constructor',
  ])('refuses to send %j', (command) => {
    for (const framing of ['text', 'length-prefixed'] as const) {
      expect(() => encodeRequest([command as ReadingCommand], framing)).toThrow('not a reading command');
      expect(() => encodeRequest(['summary', command as ReadingCommand], framing)).toThrow('not a reading command');
    }
    expect(() => encodeRequest([], 'text')).toThrow('not a reading command');
  });

  it("writes cgminer's JSON, joined by plus", () => {
    expect(text(encodeRequest(['summary'], 'text'))).toBe('{"command":"summary"}');
    expect(text(encodeRequest(['summary', 'pools'], 'text'))).toBe('{"command":"summary+pools"}');
  });

  it('writes the length of the request before it for Whatsminer API v3, and asks the status for all its sections', () => {
    const bytes = encodeRequest(['get.miner.status'], 'length-prefixed');
    expect([...bytes.subarray(0, 4)]).toEqual([bytes.length - 4, 0, 0, 0]);
    expect(text(bytes.subarray(4))).toBe('{"cmd":"get.miner.status","param":"summary+pools+edevs"}');
    expect(() => encodeRequest(['get.miner.status', 'get.device.info'], 'length-prefixed')).toThrow('cannot be joined');
  });
});
