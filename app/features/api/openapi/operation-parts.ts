/** The parts that operations of the OpenAPI document share. Pure. */
import type { TFunction } from 'i18next';
import { PROBLEM_KINDS, PROBLEM_STATUS, type ProblemKind } from '#app/features/api/wire/problem-kinds.ts';
import { LANGUAGE_PARAM } from '#app/paths.ts';
import { LANGUAGES } from '#app/platform/i18n/languages.ts';

export type DeveloperTexts = TFunction<'developers'>;
export type Paths = Record<string, Record<string, object>>;

export const GET_PROBLEMS: readonly ProblemKind[] = ['unauthenticated', 'method-not-allowed', 'internal'];
export const POST_PROBLEMS = PROBLEM_KINDS.filter((kind) => kind !== 'not-found');

/** Ids are UUIDs in the path. */
export function idParameter(description: string): object {
  return { name: 'id', in: 'path', required: true, description, schema: { type: 'string', format: 'uuid' } };
}

export function refTo(component: string): { $ref: string } {
  return { $ref: `#/components/schemas/${component}` };
}

export function jsonResponse(description: string, component: string): object {
  return { description, content: { 'application/json': { schema: refTo(component) } } };
}

export function listProblems(t: DeveloperTexts, kinds: readonly ProblemKind[]): Record<number, object> {
  const descriptions: Record<number, string> = {};
  for (const kind of kinds) {
    const known = descriptions[PROBLEM_STATUS[kind]];
    const text = t(`errors.kinds.${kind}`);
    descriptions[PROBLEM_STATUS[kind]] = known === undefined ? text : `${known} ${text}`;
  }
  const content = { 'application/problem+json': { schema: refTo('Problem') } };
  return Object.fromEntries(Object.entries(descriptions).map(([status, description]) => [status, { description, content }]));
}

export function lngParameter(t: DeveloperTexts): object {
  return { name: LANGUAGE_PARAM, in: 'query', description: t('openapi.lng'), schema: { type: 'string', enum: [...LANGUAGES] } };
}
