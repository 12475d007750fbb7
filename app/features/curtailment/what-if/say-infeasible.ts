/** A proof that there is no plan, in words: what cannot hold together, and the smallest change found with which a plan exists. Pure. */
import type { InfeasibleView } from './plan-view.ts';
import { type Say, sayHours } from './say-plan.ts';
import type { WhatIfForm } from './what-if-form.ts';

const W_PER_KW = 1000;

export type InfeasibleWords = { clash: string; changes: string[]; proof: string | null };

export function sayInfeasible(say: Say, { certificate, floors }: InfeasibleView): InfeasibleWords {
  const { t, format, setting, time, power } = say;
  if (certificate.kind === 'unit') {
    const machine = setting.classes.find(({ id }) => id === certificate.id)?.model ?? certificate.id;
    const locks = certificate.locks.map(({ kind, from, to }) => t(`infeasible.lock.${kind}`, { range: time.range(from, to) }));
    const clash = locks.length === 0 ? t('infeasible.unit', { machine }) : t('infeasible.unitLocks', { machine, list: format.list(locks) });
    return { clash, changes: [], proof: null };
  }
  const { weights, relaxation, clients, value } = certificate;
  const weighted = (list: readonly number[] | undefined) => (list ?? []).flatMap((weight, t) => (weight > 0 ? [t] : []));
  const caps = weighted(weights.cap[0]);
  const ramps = [...new Set([...weighted(weights.rampUp[0]), ...weighted(weights.rampDown[0])])];
  const floorOf = (id: string) => floors.find((floor) => floor.id === id)?.minMachineIntervals ?? 0;
  const parts = [
    ...(caps.length > 0 ? [t('infeasible.cap', { ranges: time.ranges(caps) })] : []),
    ...(ramps.length > 0 ? [t('infeasible.ramp', { ranges: time.ranges(ramps) })] : []),
    ...clients.map((client) => t('infeasible.floor', { client, hours: sayHours(format, setting, floorOf(client)) })),
  ];
  const changes =
    relaxation === null
      ? []
      : [
          ...(relaxation.caps.length > 0
            ? [
                t('infeasible.relaxCap', {
                  ranges: time.ranges(relaxation.caps.map(({ interval }) => interval)),
                  power: power(Math.max(...relaxation.caps.map(({ raiseW }) => raiseW)) / W_PER_KW),
                }),
              ]
            : []),
          ...relaxation.clients.map(({ id, lowerByMachineIntervals }) =>
            t('infeasible.relaxFloor', {
              client: id,
              hours: sayHours(format, setting, lowerByMachineIntervals),
              from: format.percent(floorOf(id) / machineIntervalsOf(say, id), 1),
              to: format.percent(relaxedFloor(say, id, floorOf(id) - lowerByMachineIntervals) / 100, 1),
            }),
          ),
        ];
  return {
    clash: t('infeasible.clash', { list: format.list(parts) }),
    changes,
    proof: t('infeasible.proof', { value: value.replace('-', '−') }),
  };
}

function machineIntervalsOf({ setting }: Say, client: string): number {
  const machines = setting.classes.reduce((sum, one) => sum + (one.client === client ? one.count : 0), 0);
  return machines * setting.problem.interval.count;
}

/** The floor in percent, one decimal, rounded down so that it does not ask for more than was found possible. */
function relaxedFloor(say: Say, client: string, machineIntervals: number): number {
  return Math.floor((machineIntervals / machineIntervalsOf(say, client)) * 1000) / 10;
}

/** The form with the relaxation made, when it is one of floors alone; caps belong to windows and are left to the guest. */
export function relaxForm(
  say: Say,
  { certificate, floors }: InfeasibleView,
): Partial<WhatIfForm> | ((form: WhatIfForm) => Partial<WhatIfForm>) | null {
  if (certificate.kind !== 'rows' || certificate.relaxation === null) return null;
  const { caps, clients } = certificate.relaxation;
  if (caps.length > 0 || clients.length === 0) return null;
  const lowered = Object.fromEntries(
    clients.map(({ id, lowerByMachineIntervals }) => {
      const floor = floors.find((one) => one.id === id)?.minMachineIntervals ?? 0;
      return [id, String(relaxedFloor(say, id, floor - lowerByMachineIntervals))];
    }),
  );
  return (form) => ({ floors: { ...form.floors, ...lowered } });
}
