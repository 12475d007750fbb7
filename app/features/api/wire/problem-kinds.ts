/** Why a request is refused as a whole, and the HTTP status of each kind: one table for routes, OpenAPI and the developers' page. */

export const PROBLEM_STATUS = {
  'invalid-request': 400,
  'malformed-body': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'too-many-requests': 429,
  internal: 500,
  busy: 503,
  unavailable: 503,
} as const;

export type ProblemKind = keyof typeof PROBLEM_STATUS;
export const PROBLEM_KINDS = Object.keys(PROBLEM_STATUS) as ProblemKind[];
