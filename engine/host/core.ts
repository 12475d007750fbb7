/** What the parts of the facade share: the module, its memory, and how to give it a network or a machine. */
import type { FieldName } from '../units/fields.ts';
import type { MemoryMap } from './memory-map.ts';
import { MACHINE_COLUMNS, mapMemory, NETWORK_FIELD_ORDER } from './memory-map.ts';
import type { Invalid, MachineInputs, NetworkInputs, ResolvedRoiInputs, RoiInputs } from './types.ts';
import { fieldError } from './validate.ts';
import type { WasmExports } from './wasm-exports.ts';

const STATUS_TOO_MANY_SEGMENTS = 2;
const STATUS_BAD_NETWORK = 16;

export type EngineCore = {
  readonly wasm: WasmExports;
  readonly map: MemoryMap;
  /** Writes the network block and runs the path; null when it ran. */
  runPath(network: NetworkInputs): Invalid | null;
  writeMachine(row: number, machine: MachineInputs): void;
  resolve(inputs: RoiInputs): ResolvedRoiInputs;
};

/** Maps the module's memory. Throws when the module speaks another ABI. */
export function createCore(wasm: WasmExports): EngineCore {
  const map = mapMemory(wasm);
  const derivedIndex = (name: 'epochElapsedS' | 'networkHashrateThs') => NETWORK_FIELD_ORDER.indexOf(name);
  const epochIndex = derivedIndex('epochElapsedS');
  const hashrateIndex = derivedIndex('networkHashrateThs');
  return {
    wasm,
    map,
    runPath(network) {
      NETWORK_FIELD_ORDER.forEach((name, index) => {
        const value = network[name];
        map.network[index] = value === null ? Number.NaN : value;
      });
      // PPS pays the subsidy only (DOMAIN 3); which fees the network earns changes nothing else.
      if (network.payoutModel === 'PPS') map.network[NETWORK_FIELD_ORDER.indexOf('feesBtcPerBlock')] = 0;
      const status = wasm.runPath();
      if (status === 0) return null;
      const field: FieldName = status >= STATUS_BAD_NETWORK ? NETWORK_FIELD_ORDER[status - STATUS_BAD_NETWORK]! : 'difficulty';
      const code = status === STATUS_TOO_MANY_SEGMENTS ? 'not_finite' : 'out_of_range';
      return { kind: 'invalid', errors: [fieldError(field, network[field as keyof NetworkInputs], code)] };
    },
    writeMachine(row, machine) {
      for (const name of MACHINE_COLUMNS) {
        const column = map.machines[name];
        if (name === 'priceScale' || name === 'coinScale') column[row] = 1;
        else if (name === 'shutdownWhenUnprofitable') column[row] = machine.shutdownWhenUnprofitable ? 1 : 0;
        else column[row] = machine[name];
      }
    },
    resolve(inputs) {
      return { ...inputs, epochElapsedS: map.network[epochIndex]!, networkHashrateThs: map.network[hashrateIndex]! };
    },
  };
}
