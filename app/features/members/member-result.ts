// How an act on the members page ended; each has its sentence in the members texts.
export type MemberAct = 'invited' | 'revoked' | 'role' | 'suspended' | 'restored' | 'removed' | 'transferred' | 'granted' | 'withdrawn';

export type MemberResult =
  | { kind: 'done'; act: MemberAct }
  | {
      kind: 'refused';
      reason:
        | 'email'
        | 'role'
        | 'alreadyMember'
        | 'notAllowed'
        | 'notFound'
        | 'tooMany'
        | 'wait'
        | 'noOrigin'
        | 'unsure'
        | 'intent'
        | 'grant'
        | 'tooManyGrants';
      values: Record<string, string | number>;
    };
