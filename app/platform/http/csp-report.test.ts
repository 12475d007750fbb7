import { describe, expect, it } from 'vitest';
import { readViolations } from './csp-report.ts';

describe('readViolations', () => {
  it('reads both forms that browsers send, without the parameters of addresses', () => {
    const old = {
      'csp-report': {
        'document-uri': 'https://us.example/?powerPrice=0.05',
        'blocked-uri': 'https://evil.example/x.js?y=1',
        'effective-directive': 'script-src-elem',
      },
    };
    const violation = {
      page: 'https://us.example/',
      blocked: 'https://evil.example/x.js',
      directive: 'script-src-elem',
      source: null,
      line: null,
    };
    expect(readViolations(JSON.stringify(old))).toEqual([violation]);
    const body = {
      documentURL: 'https://us.example/?a=1',
      blockedURL: 'inline',
      effectiveDirective: 'style-src-attr',
      sourceFile: null,
      lineNumber: 7,
    };
    const reports = [
      { type: 'csp-violation', body, url: 'https://us.example/', age: 1 },
      { type: 'deprecation', body: {} },
    ];
    expect(readViolations(JSON.stringify(reports))).toEqual([
      { page: 'https://us.example/', blocked: 'inline', directive: 'style-src-attr', source: null, line: 7 },
    ]);
  });

  it('finds nothing in what is no report', () => {
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      '{}',
      '[{"type":1}]',
      '"x"',
      JSON.stringify(Array(50).fill({ type: 'csp-violation', body: {} })),
    ]) {
      expect(readViolations(text), text.slice(0, 40)).toEqual([]);
    }
  });
});
