// draft -> pending -> approved or rejected: which step there is, and which permission it asks for. Pure.
import type { Permission } from '#app/platform/permissions/permissions.ts';
import type { Approval } from './machine-fields.ts';

/** From -> to. What was approved is not taken back: such a machine is retired. */
const STEPS: Readonly<Record<Approval, readonly Approval[]>> = {
  draft: ['pending'],
  pending: ['draft', 'approved', 'rejected'],
  rejected: ['draft'],
  approved: [],
};

export function hasStep(from: Approval, to: Approval): boolean {
  return STEPS[from].includes(to);
}

/** Whoever enters machines hands them in; letting them in is another's decision. */
export function permissionOfStep(to: Approval): Permission {
  return to === 'approved' || to === 'rejected' ? 'machines.approve' : 'machines.write';
}
