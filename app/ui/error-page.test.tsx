import { UNSAFE_ErrorResponseImpl as ErrorResponse } from '@remix-run/router';
import { describe, expect, it } from 'vitest';
import { toErrorKind } from './error-page.tsx';

describe('toErrorKind', () => {
  it('tells a missing page, a wrong method and a refused request from a failure on our side', () => {
    expect(toErrorKind(new ErrorResponse(404, '', null))).toBe('notFound');
    expect(toErrorKind(new ErrorResponse(405, '', null))).toBe('notAllowed');
    expect(toErrorKind(new ErrorResponse(400, '', null))).toBe('refused');
    expect(toErrorKind(new ErrorResponse(403, '', null))).toBe('forbidden');
    expect(toErrorKind(new ErrorResponse(403, 'formOutdated', null))).toBe('formOutdated');
    expect(toErrorKind(new ErrorResponse(503, '', null))).toBe('failed');
    expect(toErrorKind(new Error('broken'))).toBe('failed');
    expect(toErrorKind(null)).toBe('failed');
  });
});
