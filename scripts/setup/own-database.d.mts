export type OwnDatabase = { ownerUrl: string; appUrl: string; serverPid: number; end: () => Promise<void> };
/** `role` names the server's folder. */
export function startOwnDatabase(role: `bench-${string}`): Promise<OwnDatabase>;
