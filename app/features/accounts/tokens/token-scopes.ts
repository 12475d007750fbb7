// What an API token may be limited to: permissions of the table in app/platform/permissions, as far as the API answers to them today. Pure.

export const TOKEN_SCOPES = ['calculator.use', 'batch.use', 'risk.use', 'shed.use', 'plan.use', 'api.use'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** Days a token may live; there is none without an end. */
export const TOKEN_LIVES_DAYS = [7, 30, 90, 365] as const;
export type TokenLifeDays = (typeof TOKEN_LIVES_DAYS)[number];

export function readScopes(values: readonly FormDataEntryValue[]): TokenScope[] {
  return TOKEN_SCOPES.filter((scope) => values.includes(scope));
}

export function readLifeDays(text: string): TokenLifeDays | null {
  return TOKEN_LIVES_DAYS.find((days) => String(days) === text) ?? null;
}
