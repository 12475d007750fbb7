// What happened to one machine, newest first. Whoever may not see a field may not see what it was either.
import type { Prisma } from '#app/generated/prisma/client.ts';
import { HOST_FIELDS } from '../machines/machine-fields.ts';
import { whereVisible } from '../machines/machine-rows.server.ts';
import { type Caller, type SitesDeps, withScope } from '../scope.server.ts';
import { nameReferences, type ReferenceNames } from './name-references.server.ts';

export type MachineChangeView = ReferenceNames & {
  id: string;
  at: string;
  /** Null: the product itself, or somebody whose account is gone. */
  user: { id: string; name: string } | null;
  act: string;
  setId: string;
  /** Null: the machine was added. */
  field: string | null;
  from: Prisma.JsonValue;
  to: Prisma.JsonValue;
};

export type ChangePage = { changes: MachineChangeView[]; next: string | null };

/** `before`: number of the change to go on from. Null: no such machine for this caller. */
export function listMachineChanges(
  deps: SitesDeps,
  caller: Caller,
  machineId: string,
  { before, limit }: { before: bigint | null; limit: number },
): Promise<ChangePage | null> {
  return withScope(deps, caller, 'sites.read', async (scoped) => {
    const { tx, seesHost } = scoped;
    const seen = await tx.$queryRaw<unknown[]>`SELECT 1 FROM machines m WHERE ${whereVisible(scoped)} AND m.id = ${machineId}::uuid`;
    if (seen.length === 0) return null;
    // What was before the machine came to this client is another's.
    const cameAt = seesHost
      ? null
      : await tx.machineChange.findFirst({ where: { machineId, field: 'clientId' }, orderBy: { id: 'desc' }, select: { id: true } });
    const rows = await tx.machineChange.findMany({
      where: {
        machineId,
        id: { ...(before === null ? {} : { lt: before }), ...(cameAt === null ? {} : { gt: cameAt.id }) },
        ...(seesHost ? {} : { OR: [{ field: null }, { field: { notIn: [...HOST_FIELDS] } }] }),
      },
      orderBy: { id: 'desc' },
      take: limit + 1,
    });
    const shown = rows.slice(0, limit);
    // Clients are shown that something was changed, not which of the host's people did it.
    const userIds = seesHost ? shown.flatMap(({ userId }) => (userId === null ? [] : [userId])) : [];
    const users = await tx.user.findMany({ where: { id: { in: userIds } }, select: { id: true, name: true } });
    const changes = shown.map(({ id, at, userId, act, setId, field, fromValue, toValue }) => ({
      id: String(id),
      at: at.toISOString(),
      user: users.find((user) => user.id === userId) ?? null,
      act,
      setId,
      field,
      from: fromValue,
      to: toValue,
    }));
    return {
      changes: await nameReferences(scoped, changes),
      next: rows.length > limit ? String(shown.at(-1)?.id) : null,
    };
  });
}
