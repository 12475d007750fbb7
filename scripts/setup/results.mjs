/**
 * Counts for the closing line `N passed, N failed`. Every doubt counts as failed: a crash, no test at all, a skipped test.
 */

/**
 * `report` is vitest's JSON report, or null when there is none; `exitCode` is vitest's own.
 * Gives { passed, failed, reasons }; reasons name what is failed beyond single failing tests.
 */
export function sumVitestReport(report, exitCode) {
  if (!report) return { passed: 0, failed: 1, reasons: ['vitest ended without a report'] };
  const reasons = [];
  const passed = report.numPassedTests;
  let failed = report.numFailedTests;

  const unrun = report.numPendingTests + report.numTodoTests;
  if (unrun > 0) {
    failed += unrun;
    reasons.push(`${unrun} skipped or not written: ${titlesOf(report, ['pending', 'skipped', 'todo', 'disabled']).join('; ')}`);
  }
  for (const file of report.testResults) {
    // A file that does not load has no tests to count, and would vanish from the sum.
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) {
      failed += 1;
      reasons.push(`${file.name} could not be run`);
    }
  }
  if (passed + failed === 0) {
    failed += 1;
    reasons.push('no tests were found');
  }
  if (exitCode !== 0 && failed === 0) {
    failed += 1;
    reasons.push(`vitest ended with exit code ${exitCode} although every test passed`);
  }
  return { passed, failed, reasons };
}

function titlesOf(report, statuses) {
  return report.testResults.flatMap((file) =>
    file.assertionResults.filter((test) => statuses.includes(test.status)).map((test) => test.fullName),
  );
}

/** The closing line; exactly this form is promised to whoever reads it by program. */
export function closingLine({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}
