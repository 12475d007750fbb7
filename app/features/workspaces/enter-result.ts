// How the form of the page "enter a workspace" was refused; each fault has its sentence in the workspaces texts.

/** `workspace`: no number of a workspace. `reason`, `minutes`: outside of what is taken. The rest: the number was read, and nobody may go in there. */
export type EnterFault = 'workspace' | 'reason' | 'minutes' | 'no-such-workspace' | 'is-member';

export type EnterResult = {
  /** What was typed, given back cut to length. */
  typed: { workspace: string; reason: string; minutes: string };
  faults: EnterFault[];
};

export const REASON_CHARACTERS = { min: 10, max: 500 };
export const STAY_MINUTES = { min: 5, max: 240 };

/** What of a stay is outside of what is taken. Pure. */
export function findStayFaults({ reason, minutes }: { reason: string; minutes: number }): ('reason' | 'minutes')[] {
  const { length } = reason.trim();
  const isReasonTaken = length >= REASON_CHARACTERS.min && length <= REASON_CHARACTERS.max;
  const areMinutesTaken = Number.isInteger(minutes) && minutes >= STAY_MINUTES.min && minutes <= STAY_MINUTES.max;
  return [...(isReasonTaken ? [] : (['reason'] as const)), ...(areMinutesTaken ? [] : (['minutes'] as const))];
}
