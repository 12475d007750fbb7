/**
 * Risk in the facade (product part C6): writes the options, simulates, evaluates one machine group or a fleet, reads quantiles. Paths are kept: another machine on the
 * same network and options costs the evaluation only.
 */
import { DAYS_PER_MONTH, W_PER_KW } from '../../units/constants.ts';
import type { FieldError } from '../../units/fields.ts';
import { findFieldError, findRangeError } from '../../units/fields.ts';
import { RISK_FIELDS } from '../../units/risk-fields.ts';
import type { EngineCore } from '../core.ts';
import type { NetworkInputs, RoiInputs } from '../types.ts';
import { fieldError, machineErrors, networkErrors, notFinite, roiErrors } from '../validate.ts';
import { mapRiskMemory, RISK_FIELD_ORDER } from './memory-map.ts';
import { isFiniteRisk, readRisk } from './read-risk.ts';
import type { FleetMachine, FleetRiskInputs, FleetRiskResult, RefusedMachine, RiskInvalid, RiskOptions, RiskResult } from './types.ts';

const HOURS_PER_DAY = 24;

export type RiskFacade = {
  /** One machine group on simulated paths. Sides of a hosting contract are not simulated. 10,000 paths of 48 months take some 50 ms, less on the same paths. */
  risk(inputs: RoiInputs, options: RiskOptions): RiskResult | RiskInvalid;
  /**
   * The sum of many machine groups, each with its own decision to stop. A group that is out of range is returned as such and stops no other. Throws when more than
   * 32,768 groups differ.
   */
  riskOfFleet(inputs: FleetRiskInputs, options: RiskOptions): FleetRiskResult | RiskInvalid;
};

function optionErrors(options: RiskOptions): RiskInvalid['errors'] {
  return RISK_FIELD_ORDER.flatMap((name) => findRangeError(name, RISK_FIELDS[name], options[name]) ?? []);
}

function pickOptions({ seed, paths, priceVolatilityPerYear, networkVolatilityPerYear, correlation }: RiskOptions): RiskOptions {
  return { seed, paths, priceVolatilityPerYear, networkVolatilityPerYear, correlation };
}

/** Everything of a machine that its outcome rests on; groups with the same text are one group. */
function groupKey(machine: FleetMachine): string {
  const { count: _count, ...rest } = machine;
  return JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function createRisk(core: EngineCore, engineVersion: string): RiskFacade {
  const { wasm } = core;
  const map = mapRiskMemory(wasm);
  const maxGroups = wasm.MAX_FLEET_ROWS.value;
  /** Network and options of the paths in memory. */
  let simulatedKey: string | null = null;

  /** Leaves the network's paths in memory; null when they are there. */
  function simulate(network: NetworkInputs, options: RiskOptions): RiskInvalid | null {
    const refused = core.runPath(network);
    if (refused) return refused;
    RISK_FIELD_ORDER.forEach((name, index) => {
      map.inputs[index] = options[name];
    });
    const key = [...core.map.network, ...map.inputs].join();
    if (key === simulatedKey) return null;
    simulatedKey = null;
    if (wasm.simulatePaths() !== 0) {
      // Inputs were checked: only a path with thousands of retargets is left, which a vanishing difficulty or an absurd volatility makes.
      return { kind: 'invalid', errors: [fieldError('difficulty', network.difficulty, 'not_finite')] };
    }
    simulatedKey = key;
    return null;
  }

  function risk(inputs: RoiInputs, options: RiskOptions): RiskResult | RiskInvalid {
    const errors = [...roiErrors(inputs), ...optionErrors(options)];
    if (errors.length > 0) return { kind: 'invalid', errors };
    const refused = simulate(inputs, options);
    if (refused) return refused;
    core.writeMachine(0, inputs);
    wasm.evaluateMachine();
    wasm.summariseOutcomes();
    if (!isFiniteRisk(map)) return { kind: 'invalid', errors: [notFinite(inputs)] };
    return {
      kind: 'ok',
      // By name: a caller's object may carry more, which must not overrule the inputs.
      inputs: { ...core.resolve(inputs), ...pickOptions(options) },
      ...readRisk(map, inputs.horizonMonths, inputs.capexUsd * inputs.count, engineVersion),
    };
  }

  function writeGroup(row: number, machine: FleetMachine): void {
    const energyKwh = ((machine.powerW * machine.pue) / W_PER_KW) * (DAYS_PER_MONTH * HOURS_PER_DAY) * machine.uptimeRatio;
    const { fleet } = map;
    fleet.paidThs[row] = machine.hashrateThs * machine.uptimeRatio * (1 - machine.poolFeeRatio);
    fleet.powerUsdPerMonth[row] = energyKwh * machine.powerUsdPerKwh;
    fleet.fixedUsdPerMonth[row] = machine.hostingFeeUsdPerMonth + machine.maintenanceUsdPerMonth;
    fleet.keptHashrateRatio[row] = 1 - machine.hashrateDecayRatioPerMonth;
    fleet.heldRatio[row] = machine.heldRatio;
    fleet.shutdownWhenUnprofitable[row] = machine.shutdownWhenUnprofitable ? 1 : 0;
    fleet.residualUsd[row] = machine.residualUsd;
    fleet.count[row] = machine.count;
  }

  /**
   * Writes the groups that are in range; returns what was written and what was refused. Only a list longer than the columns is worth the search for equal
   * groups, which then are one.
   */
  function writeFleet(machines: readonly FleetMachine[]): {
    groups: number;
    machines: number;
    capexUsd: number;
    refused: RefusedMachine[];
  } {
    const rowOf = new Map<string, number>();
    const joins = machines.length > maxGroups;
    let groups = 0;
    const refused: RefusedMachine[] = [];
    let capexUsd = 0;
    let machineCount = 0;
    machines.forEach((machine, index) => {
      const errors = machineErrors({ ...machine, discountRatioPerYear: 0 });
      if (errors.length > 0) {
        refused.push({ index, errors });
        return;
      }
      capexUsd += machine.capexUsd * machine.count;
      machineCount += machine.count;
      const key = joins ? groupKey(machine) : '';
      const known = rowOf.get(key);
      if (joins && known !== undefined) {
        map.fleet.count[known]! += machine.count;
        return;
      }
      if (groups === maxGroups) throw new RangeError(`a fleet holds ${maxGroups} different groups`);
      writeGroup(groups, machine);
      rowOf.set(key, groups);
      groups += 1;
    });
    return { groups, machines: machineCount, capexUsd, refused };
  }

  function riskOfFleet(inputs: FleetRiskInputs, options: RiskOptions): FleetRiskResult | RiskInvalid {
    const discountError = findFieldError('discountRatioPerYear', inputs.discountRatioPerYear);
    const errors = [...networkErrors(inputs.network), ...(discountError === null ? [] : [discountError]), ...optionErrors(options)];
    if (errors.length > 0) return { kind: 'invalid', errors };
    const refusedPaths = simulate(inputs.network, options);
    if (refusedPaths) return refusedPaths;
    const { groups, machines, capexUsd, refused } = writeFleet(inputs.machines);
    if (groups === 0) {
      const empty: FieldError = fieldError('count', 0, 'out_of_range');
      return { kind: 'invalid', errors: refused.flatMap((machine) => machine.errors).concat(refused.length === 0 ? [empty] : []) };
    }
    wasm.evaluateFleet(groups, capexUsd, inputs.discountRatioPerYear);
    wasm.summariseOutcomes();
    if (!isFiniteRisk(map)) return { kind: 'invalid', errors: [fieldError('difficulty', inputs.network.difficulty, 'not_finite')] };
    return { kind: 'ok', groups, machines, capexUsd, refused, ...readRisk(map, inputs.network.horizonMonths, capexUsd, engineVersion) };
  }

  return { risk, riskOfFleet };
}
