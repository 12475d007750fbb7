import { describe, expect, it } from 'vitest';
import { closingLine, sumVitestReport } from './results.mjs';

/** A vitest JSON report of one file with one passed test; tests show what differs. */
function aReport(differences = {}) {
  return {
    numPassedTests: 1,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults: [{ status: 'passed', fullName: 'adds' }] }],
    ...differences,
  };
}

describe('sumVitestReport', () => {
  it('counts tests one by one', () => {
    expect(sumVitestReport(aReport({ numPassedTests: 41, numFailedTests: 1 }), 1)).toEqual({ passed: 41, failed: 1, reasons: [] });
  });

  it('counts a skipped test and a test not written as failed, and names them', () => {
    const tests = [
      { status: 'skipped', fullName: 'later' },
      { status: 'todo', fullName: 'some day' },
    ];
    const report = aReport({
      numPendingTests: 1,
      numTodoTests: 1,
      testResults: [{ name: 'a', status: 'passed', assertionResults: tests }],
    });
    expect(sumVitestReport(report, 0)).toMatchObject({ passed: 1, failed: 2, reasons: [expect.stringContaining('later; some day')] });
  });

  it('counts a file that does not load, which has no tests to count', () => {
    const report = aReport({ testResults: [{ name: 'broken.test.ts', status: 'failed', assertionResults: [] }] });
    expect(sumVitestReport(report, 1)).toEqual({ passed: 1, failed: 1, reasons: ['broken.test.ts could not be run'] });
  });

  it.each([
    ['no report', null, 1],
    ['no test found', aReport({ numPassedTests: 0, testResults: [] }), 0],
    ['a bad exit code without a failed test', aReport(), 1],
  ])('counts %s as one failure', (_, report, exitCode) => {
    const { failed, reasons } = sumVitestReport(report, exitCode);
    expect(failed).toBe(1);
    expect(reasons).toHaveLength(1);
  });
});

it('ends with the promised line', () => {
  expect(closingLine({ passed: 412, failed: 0 })).toBe('412 passed, 0 failed');
});
