/** The facade of curtailment.wasm: which machines run when, as a plan over a horizon or at once. Its memory is 30 times that of the engine's other half, so it is started only where somebody plans. */
import { readEngineVersion, requireAbi } from './abi.ts';
import { createPlanner, type Planner } from './plan/planner.ts';
import { createShed, type Shed } from './shed/shed.ts';
import type { CurtailmentExports } from './wasm-exports.ts';

export type Curtailment = Planner &
  Shed & {
    readonly engineVersion: string;
    readonly usesSimd: boolean;
  };

/** Builds the facade over a started module. Throws when the module speaks another ABI. */
export function createCurtailment(wasm: CurtailmentExports): Curtailment {
  requireAbi(wasm);
  const engineVersion = readEngineVersion(wasm);
  return { engineVersion, usesSimd: wasm.USES_SIMD.value === 1, ...createPlanner(wasm, engineVersion), ...createShed(wasm, engineVersion) };
}
