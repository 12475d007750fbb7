import { describe, expect, it } from 'vitest';
import { readAnswer } from './send-list.ts';

describe('the answer to a list that is sent', () => {
  it('names the saved list', () => {
    expect(readAnswer(202, '{"id":"4b8f"}')).toEqual({ kind: 'saved', id: '4b8f' });
  });

  it('keeps the server’s words when it refuses', () => {
    const problem = { detail: 'One field is wrong.', errors: [{ field: 'defaults.pue', message: 'must be from 1 to 3.' }] };
    expect(readAnswer(400, JSON.stringify(problem))).toEqual({
      kind: 'refused',
      sentences: ['One field is wrong.', 'must be from 1 to 3.'],
    });
  });

  it('tells a session that has ended from a connection that has', () => {
    expect(readAnswer(401, '{}')).toEqual({ kind: 'session_ended' });
    expect(readAnswer(403, '{"detail":"The form is out of date."}')).toEqual({ kind: 'session_ended' });
    expect(readAnswer(502, '<html>Bad gateway</html>')).toEqual({ kind: 'broken' });
    expect(readAnswer(202, '')).toEqual({ kind: 'broken' });
  });
});
