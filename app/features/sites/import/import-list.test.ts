import { describe, expect, it } from 'vitest';
import { toBlankMachine } from '../machines/change-machine.ts';
import type { StoredMachine } from '../machines/machine-fields.ts';
import { fieldsOf, fromText, SITE } from './read-list.fixture.ts';

const RACK = { id: '00000000-0000-4000-8000-0000000000c1', rows: 4, columns: 12 };
const CLIENT = '00000000-0000-4000-8000-0000000000d1';
const aKnown = (values: Partial<StoredMachine>): StoredMachine => ({
  ...toBlankMachine(SITE),
  id: '00000000-0000-4000-8000-0000000000e1',
  number: 7,
  ...values,
});

const problemsOf = ({ plan, readings }: Awaited<ReturnType<typeof fromText>>) => [
  ...readings.flatMap((reading) => (reading.kind === 'problems' ? reading.problems : [])),
  ...plan.problems,
];

describe('columns of a machine list', () => {
  it('are understood in English', async () => {
    const { mapping } = await fromText(
      'Serial Number,MAC Address,IP,Port,Worker,Model,Hashrate (GH/s),Power (kW),Firmware,Customer,Rack,Position,Purchase Date,Machine Price ($),Tags,Remarks\n' +
        'sn1,507468614469,10.0.0.5,4028,farm.1,Antminer S19j Pro,104000,3.068,stock,Ridge,R1,2-3,2024/5/1,1200,hall 1;lot 7,none\n',
    );
    expect(fieldsOf(mapping)).toEqual({
      'Serial Number': 'serial',
      'MAC Address': 'macAddress',
      IP: 'host',
      Port: 'port',
      Worker: 'worker',
      Model: 'model',
      'Hashrate (GH/s)': 'ratedHashrateThs',
      'Power (kW)': 'ratedPowerW',
      Firmware: 'firmware',
      Customer: 'client',
      Rack: 'rack',
      Position: 'position',
      'Purchase Date': 'purchasedOn',
      'Machine Price ($)': 'purchaseUsd',
      Tags: 'tags',
      Remarks: null,
    });
  });

  it('are understood in Chinese, and every value arrives', async () => {
    const list = '序列号,MAC地址,IP地址,端口,矿工号,型号,额定算力(TH/s),额定功耗(W),固件版本,客户名称,集装箱号,机架,层,列,采购日期,标签\n';
    const row = 'sn1,50-74-68-61-44-69,10.0.0.5,4028,farm.1,Antminer S19j Pro,104,3068,24.1,山脊矿业,C1,R1,2,3,2024年5月1日,一号厅、新机\n';
    const read = await fromText(list + row, { clientIds: new Map([['山脊矿业', CLIENT]]), racks: new Map([['c1/r1', [RACK]]]) });
    expect(problemsOf(read)).toEqual([]);
    expect(read.plan.created).toEqual([
      {
        row: 2,
        machine: expect.objectContaining({
          serial: 'SN1',
          macAddress: '50:74:68:61:44:69',
          host: '10.0.0.5',
          port: 4028,
          worker: 'farm.1',
          ratedHashrateThs: 104,
          ratedPowerW: 3068,
          firmware: '24.1',
          clientId: CLIENT,
          rackId: RACK.id,
          rackRow: 2,
          rackColumn: 3,
          purchasedOn: '2024-05-01',
          tags: ['一号厅', '新机'],
          approval: 'draft',
          status: 'active',
        }),
      },
    ]);
  });

  it('are the ones that say it best, wherever they stand', async () => {
    const { mapping, plan } = await fromText(
      'Hostname,Miner ID,Serial,IP,MAC,Hashrate 5s (TH/s),Avg Hashrate (TH/s),Rated Hashrate (TH/s)\nAntminer,7,sn1,10.0.0.5,50:74:68:61:44:69,12,13,95\n',
    );
    expect(fieldsOf(mapping)).toEqual({
      Hostname: null,
      'Miner ID': null,
      Serial: 'serial',
      IP: 'host',
      MAC: 'macAddress',
      'Hashrate 5s (TH/s)': null,
      'Avg Hashrate (TH/s)': null,
      'Rated Hashrate (TH/s)': 'ratedHashrateThs',
    });
    expect(plan.created[0]?.machine).toMatchObject({ serial: 'SN1', host: '10.0.0.5', ratedHashrateThs: 95 });
  });

  it('of a running machine are no ratings: a bare hash rate beside temperatures is a reading', async () => {
    const { mapping } = await fromText('IP,Hashrate (TH/s),Power (W),Temp,Uptime\n10.0.0.5,0,60,25,10\n');
    expect(fieldsOf(mapping)).toMatchObject({ IP: 'host', 'Hashrate (TH/s)': null, 'Power (W)': null });
    const rated = await fromText('IP,Rated Hashrate (TH/s),实时算力(TH/s),Temp\n10.0.0.5,95,12,60\n');
    expect(fieldsOf(rated.mapping)).toMatchObject({ 'Rated Hashrate (TH/s)': 'ratedHashrateThs', '实时算力(TH/s)': null });
  });

  it('in yuan are left alone: the rate of the day is not known', async () => {
    const { mapping } = await fromText('SN,采购价(元)\nsn1,8000\n');
    expect(fieldsOf(mapping)).toEqual({ SN: 'serial', '采购价(元)': null });
  });
});

describe('rows of a machine list', () => {
  it('come out as one machine, one for each address of a range, a remark, or what is wrong', async () => {
    const read = await fromText('IP,SN\n10.0.0.1-3,\n# spare,\n10.0.0.4-5,SN9\n,\n10.0.0.400,SN1\nTotal,\n');
    expect(read.readings.map(({ kind }) => kind)).toEqual(['entries', 'skipped', 'problems', 'problems', 'skipped']);
    expect(read.plan.created.map(({ row, machine }) => [row, machine.host])).toEqual([
      [2, '10.0.0.1'],
      [2, '10.0.0.2'],
      [2, '10.0.0.3'],
    ]);
    expect(problemsOf(read).map(({ row, field, value, code }) => [row, field, value, code])).toEqual([
      [4, 'host', '10.0.0.4-5', 'range_with_identity'],
      [6, 'host', '10.0.0.400', 'not_a_host'],
    ]);
  });

  it('are no remarks and no sums when they name a machine', async () => {
    const read = await fromText('No.,IP,SN\n#1,10.0.0.1,\nTotal Farm 1,10.0.0.2,\n合计,,\n# 10.0.0.3 is spare,,\n');
    expect(read.plan.created.map(({ machine }) => machine.host)).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(read.readings.map(({ kind }) => kind)).toEqual(['entries', 'entries', 'skipped', 'skipped']);
    const commented = await fromText('IP,SN\n#10.0.0.9,SN9\n10.0.0.8,SN8\n');
    expect(commented.plan.created.map(({ machine }) => machine.host)).toEqual(['10.0.0.8']);
  });

  it('do not take a rounded number for a serial number', async () => {
    const read = await fromText('SN,IP,Purchase Date\n1.23457E+15,10.0.0.1,\n123456789012345678,10.0.0.2,2024-3-4 10:00\n');
    expect(problemsOf(read).map(({ row, field, value, code }) => [row, field, value, code])).toEqual([
      [2, 'serial', '1.23457E+15', 'number_damaged'],
    ]);
    expect(read.plan.created[0]?.machine).toMatchObject({ serial: '123456789012345678', purchasedOn: '2024-03-04' });
  });

  it('tell every column that is wrong, as it is written', async () => {
    const read = await fromText('SN,Hashrate (TH/s),Port,Position,Quantity\nsn1,many,99999,left,2\nsn2,0,4028,1-1,1\n');
    expect(problemsOf(read).map(({ row, header, value, code }) => [row, header, value, code])).toEqual([
      [2, 'Hashrate (TH/s)', 'many', 'not_a_number'],
      [2, 'Position', 'left', 'bad_position'],
      [2, 'Quantity', '2', 'many_machines'],
      [2, 'Port', '99999', 'not_whole'],
      [3, 'Hashrate (TH/s)', '0', 'out_of_range'],
    ]);
  });

  it('find what they name: clients, racks and positions that there are', async () => {
    const racks = new Map([
      ['r1', [RACK]],
      ['r2', [RACK, { ...RACK, id: '00000000-0000-4000-8000-0000000000c2' }]],
    ]);
    const read = await fromText('SN,Customer,Rack,Position\na,Nobody,,\nb,,R9,1-1\nc,,R2,1-1\nd,,r1,5-1\ne,,R1,4-12\n', { racks });
    expect(problemsOf(read).map(({ row, code }) => [row, code])).toEqual([
      [2, 'unknown_client'],
      [3, 'unknown_rack'],
      [3, 'needs_other'],
      [4, 'ambiguous_rack'],
      [4, 'needs_other'],
      [5, 'outside_rack'],
    ]);
    expect(read.plan.created.map(({ machine }) => [machine.rackRow, machine.rackColumn])).toEqual([[4, 12]]);
  });
});

describe('a list of machines that are there already', () => {
  it('changes what it says, keeps what it leaves out, and does nothing the second time', async () => {
    const known = aKnown({ serial: 'SN1', firmware: 'stock', worker: 'farm.1' });
    const list = 'SN,Firmware,Worker\nsn1,Braiins,\n';
    const first = await fromText(list, { known: [known] });
    expect(first.plan.updated).toEqual([
      {
        row: 2,
        before: known,
        after: expect.objectContaining({ firmware: 'Braiins', worker: 'farm.1' }),
        changes: [{ field: 'firmware', from: 'stock', to: 'Braiins' }],
      },
    ]);
    const again = await fromText(list, { known: [{ ...known, firmware: 'Braiins' }] });
    expect(again.plan).toMatchObject({ created: [], updated: [], unchanged: 1, inError: 0 });
  });

  it('recognises a machine by its MAC address and by its address, and completes it', async () => {
    const known = [
      aKnown({ macAddress: '50:74:68:61:44:69' }),
      aKnown({ id: '00000000-0000-4000-8000-0000000000e2', host: '10.0.0.5', port: 4028 }),
    ];
    const { plan } = await fromText('SN,MAC,IP,Port\na,507468614469,,\nb,,10.0.0.5,4028\n', { known });
    expect(plan.updated.map(({ before, changes }) => [before.id.slice(-2), changes.map(({ field }) => field)])).toEqual([
      ['e1', ['serial']],
      ['e2', ['serial']],
    ]);
  });

  it('takes an address without a port for the one at the usual port', async () => {
    const known = [aKnown({ host: '10.0.0.5' })];
    const { plan } = await fromText('IP\n10.0.0.5:4028\n10.0.0.5:4029\n', { known });
    expect(plan.updated.map(({ changes }) => changes)).toEqual([[{ field: 'port', from: null, to: 4028 }]]);
    expect(plan.created.map(({ machine }) => machine.port)).toEqual([4029]);
  });

  it('refuses rows that mean two machines, a machine named twice, and an address that stands elsewhere', async () => {
    const known = [
      aKnown({ serial: 'A', host: '10.0.0.5' }),
      aKnown({ id: '00000000-0000-4000-8000-0000000000e2', macAddress: '50:74:68:61:44:69' }),
    ];
    const read = await fromText('SN,MAC,IP\na,507468614469,\nb,,10.0.0.5\nc,,10.0.0.6\nc,,10.0.0.7\n', { known });
    expect(problemsOf(read).map(({ row, code, details }) => [row, code, details])).toEqual([
      [2, 'several_machines', {}],
      [3, 'taken', {}],
      [5, 'named_before', { row: 4 }],
    ]);
    expect(read.plan).toMatchObject({ created: [expect.objectContaining({ row: 4 })], inError: 3 });
  });

  it('never writes a machine that the caller may not write', async () => {
    const { plan } = await fromText('SN\na\n', { known: [aKnown({ serial: 'A' })], mayWrite: () => false });
    expect(plan.problems.map(({ code }) => code)).toEqual(['unknown_reference']);
  });
});
