/** What the check found, in lines for a terminal. */
import type { Finding, Verdict } from './check-answer.ts';

const MOST_LINES = 20;

/** The first line says whether the answer holds; the others say why or why not. */
export function describeVerdict(verdict: Verdict): { isProven: boolean; lines: string[] } {
  const { findings } = verdict;
  const isProven = findings.length === 0;
  const more = findings.length > MOST_LINES ? [`... and ${findings.length - MOST_LINES} more.`] : [];
  const wrong = [`WRONG: ${findings.length} ${findings.length === 1 ? 'thing does' : 'things do'} not hold.`];
  const found = findings.slice(0, MOST_LINES).map((finding) => `- ${describeFinding(finding)}`);
  return { isProven, lines: [...(isProven ? ['HOLDS.'] : [...wrong, ...found, ...more]), ...describeProof(verdict)] };
}

function describeProof(verdict: Verdict): string[] {
  switch (verdict.kind) {
    case 'plan': {
      const { recount, boundPusd, gapPusd, gapRatio } = verdict;
      const value = `The plan is worth ${formatUsd(recount.valuePusd)} USD.`;
      if (boundPusd === null || gapPusd === null || gapRatio === null) return [value, 'Its multipliers prove no bound.'];
      return [
        value,
        `No plan is worth more than ${formatUsd(boundPusd)} USD.`,
        `Proven gap: ${formatUsd(gapPusd)} USD, ${gapRatio.toExponential(3)} of the value.`,
      ];
    }
    case 'infeasible':
      return verdict.findings.length === 0 ? ['No plan can meet the rules of this problem.'] : [];
    case 'bound-only':
      return verdict.boundPusd === null
        ? ['The answer holds neither a plan nor a bound.']
        : [`No plan in the answer. No plan is worth more than ${formatUsd(verdict.boundPusd)} USD.`];
  }
}

function describeFinding(finding: Finding): string {
  switch (finding.kind) {
    case 'cap':
      return `Site ${finding.siteId} draws ${finding.loadW} W in interval ${finding.interval}; its cap is ${finding.capW} W.`;
    case 'ramp':
      return `Site ${finding.siteId} changes its load by ${finding.changeW} W into interval ${finding.interval}; at most ${finding.rampW} W is allowed.`;
    case 'floor':
      return `Machines of client ${finding.clientId} run for ${finding.runningIntervals} machine-intervals; at least ${finding.minMachineIntervals} are promised.`;
    case 'lock':
      return `Unit ${finding.unit} of machine ${finding.machineId} must be ${finding.lock} in interval ${finding.interval} and is not.`;
    case 'min-up':
    case 'min-down': {
      const state = finding.kind === 'min-up' ? 'on' : 'off';
      return `Unit ${finding.unit} of machine ${finding.machineId} stays ${state} from interval ${finding.interval} for ${finding.lastedIntervals} intervals in all; at least ${finding.minIntervals} are required.`;
    }
    case 'max-starts':
      return `Unit ${finding.unit} of machine ${finding.machineId} starts ${finding.starts} times; at most ${finding.maxStarts} are allowed.`;
    case 'multiplier':
      return `The multiplier on the row "${finding.row}" proves nothing: ${REASONS[finding.reason]}.`;
    case 'claim':
      return `The answer says ${finding.figure} = ${finding.claimed}; it is ${finding.reckoned}.`;
    case 'machine-impossible':
      return `Machine ${finding.machineId} has no schedule that obeys its own rules.`;
    case 'not-proven':
      return `Not proven: ${finding.claim}; ${finding.reason}.`;
  }
}

const REASONS = {
  negative: 'it is below 0',
  'no-such-row': 'the problem has no such row',
  'above-penalty': 'it is above the price at which the row may be broken',
  'sum-above-demand-charge': 'the multipliers of all intervals add up to more than the demand charge',
} as const;

/** Pico-dollars as dollars, exact. */
function formatUsd(pusd: bigint): string {
  const digits = String(pusd < 0n ? -pusd : pusd).padStart(13, '0');
  return `${pusd < 0n ? '-' : ''}${digits.slice(0, -12)}.${digits.slice(-12)}`;
}
