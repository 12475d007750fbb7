import { expect, test } from 'vitest';
import { DIALECTS, type Dialect } from '#collectors/cgminer/snapshot.ts';
import { answerRequest } from './answer.ts';
import { createMachine, type SimulatedMachine } from './machine.ts';
import { observe } from './moment.ts';

const START_S = 1_790_000_000;
const CONDITIONS = { timeS: START_S, skewS: 0, fakesSuccess: false };

function machine(dialect: Dialect, model?: string): SimulatedMachine {
  for (let index = 0; ; index++) {
    const made = createMachine({ farmSeed: 1, index, dialects: [dialect], troublesPerDay: 0, startS: START_S });
    if (model === undefined || made.unit.model.name === model) return made;
  }
}

function ask(subject: SimulatedMachine, command: string, parameter?: string, conditions = CONDITIONS): string {
  return answerRequest(subject, JSON.stringify({ command, ...(parameter === undefined ? {} : { parameter }) }), conditions);
}

const MAIN: Readonly<Record<Dialect, readonly string[]>> = {
  antminer: ['version', 'summary', 'stats', 'pools'],
  whatsminer: ['summary', 'devs', 'edevs', 'pools', 'get_version', 'get_miner_info', 'get_psu', 'get_error_code', 'status', 'devdetails'],
  avalon: ['version', 'summary', 'devs', 'stats', 'estats', 'pools'],
  braiins: ['version', 'summary', 'devs', 'devdetails', 'temps', 'fans', 'tunerstatus', 'pools', 'config'],
  luxos: ['version', 'summary', 'devs', 'stats', 'temps', 'fans', 'power', 'pools', 'config', 'events'],
  vnish: ['version', 'summary', 'stats', 'pools'],
  cgminer: ['version', 'summary', 'devs', 'stats', 'pools', 'config'],
};

test.each(DIALECTS.map((dialect) => [dialect]))('every command of %s is answered with good JSON and success', (dialect) => {
  const subject = machine(dialect, dialect === 'antminer' ? 'Antminer S21' : undefined);
  for (const command of MAIN[dialect]) {
    const reply = JSON.parse(ask(subject, command).replace(/\0$/, '')) as { STATUS: string | { STATUS: string; When: number }[] };
    const letter = typeof reply.STATUS === 'string' ? reply.STATUS : reply.STATUS[0]!.STATUS;
    expect(`${command} ${letter}`).toBe(`${command} S`);
  }
});

test.each(DIALECTS.map((dialect) => [dialect]))('%s tells an unknown command and a broken request by the usual codes', (dialect) => {
  const subject = machine(dialect);
  expect(ask(subject, 'nonsense').replaceAll(' ', '')).toContain('"Code":14');
  expect(answerRequest(subject, '{"command":', CONDITIONS).replaceAll(' ', '')).toContain('"Code":23');
  expect(answerRequest(subject, '{}', CONDITIONS).replaceAll(' ', '')).toContain('"Code":24');
});

test('replies end with a NUL or with the connection, and joined commands are taken or not, as each firmware has it', () => {
  const endings = DIALECTS.map((dialect) => {
    const subject = machine(dialect, dialect === 'antminer' ? 'Antminer S21' : undefined);
    return [dialect, ask(subject, 'summary').endsWith('\0'), ask(subject, 'summary+pools').includes('"summary":[')];
  });
  expect(endings).toEqual([
    ['antminer', false, false],
    ['whatsminer', false, false],
    ['avalon', true, true],
    ['braiins', true, true],
    ['luxos', true, true],
    ['vnish', true, true],
    ['cgminer', true, true],
  ]);
});

test('an S9 leaves a comma out of stats and writes its hash rate as a string', () => {
  const text = ask(machine('antminer', 'Antminer S9'), 'stats');
  expect(text).toContain('}{"STATS":0');
  expect(text).toMatch(/"GHS 5s":"\d+\.\d\d"/);
  expect(text.endsWith('\0')).toBe(true);
});

test('figures are those of the machine, in the unit of each dialect', () => {
  const inThs: Record<string, (text: string) => number> = {
    antminer: (text) => Number(/"GHS 5s": ([\d.]+)/.exec(text)![1]) / 1e3,
    whatsminer: (text) => Number(/"MHS 5s":([\d.]+)/.exec(text)![1]) / 1e6,
    avalon: (text) => Number(/"MHS 30s":([\d.]+)/.exec(text)![1]) / 1e6,
    braiins: (text) => Number(/"MHS 5s":([\d.]+)/.exec(text)![1]) / 1e6,
    luxos: (text) => Number(/"GHS 5s":([\d.]+)/.exec(text)![1]) / 1e3,
    vnish: (text) => Number(/"GHS 5s":"([\d.]+)"/.exec(text)![1]) / 1e3,
    cgminer: (text) => Number(/"MHS 5s":([\d.]+)/.exec(text)![1]) / 1e6,
  };
  for (const dialect of DIALECTS) {
    const subject = machine(dialect, dialect === 'antminer' ? 'Antminer S21' : undefined);
    expect(inThs[dialect]!(ask(subject, 'summary'))).toBeCloseTo(observe(subject, START_S).hashrate5sThs, 3);
  }
});

test('a clock that is wrong shows in the status, and in nothing else', () => {
  const subject = machine('luxos');
  const skewed = ask(subject, 'power', undefined, { ...CONDITIONS, skewS: 900 });
  expect(skewed).toContain(`"When":${START_S + 900}`);
  expect(skewed.replace(String(START_S + 900), String(START_S))).toBe(ask(subject, 'power'));
});

test('what writes has its effect where the firmware lets anyone write, and is denied where it does not', () => {
  const vnish = machine('vnish');
  expect(ask(vnish, 'switchpool', '1')).toContain('Switching to pool 1');
  expect(vnish.activePool).toBe(1);
  expect(ask(vnish, 'switchpool', '9')).toContain('"Code":26');

  const avalon = machine('avalon');
  expect(ask(avalon, 'ascset', '0,softoff,1:1790000005')).toContain('success softoff');
  expect(observe(avalon, START_S + 60).phase).toBe('sleeping');

  const luxos = machine('luxos');
  expect(ask(luxos, 'curtail', 'nobody,sleep')).toContain('Invalid session');
  const session = /"SessionID":"(\w+)"/.exec(ask(luxos, 'logon'))![1];
  expect(ask(luxos, 'curtail', `${session},sleep`)).toContain('"STATUS":"S"');
  expect(luxos.isSleeping).toBe(true);

  const braiins = machine('braiins');
  ask(braiins, 'pause');
  expect(braiins.isSleeping).toBe(true);

  const antminer = machine('antminer');
  expect(ask(antminer, 'restart').replaceAll(' ', '')).toContain('"Code":45');
  expect(antminer.boots).toBe(0);
  expect(ask(machine('whatsminer'), 'power_off')).toContain('"Code":45');
});

test('a fake success says what a real one says and changes nothing', () => {
  const [honest, liar] = [machine('vnish'), machine('vnish')];
  const told = ask(liar, 'switchpool', '2', { ...CONDITIONS, fakesSuccess: true });
  expect(told).toBe(ask(honest, 'switchpool', '2'));
  expect([honest.activePool, liar.activePool]).toEqual([2, 0]);
});
