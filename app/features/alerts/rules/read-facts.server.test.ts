import { expect, it } from 'vitest';
import { toSample } from '#app/features/telemetry/store/sample.server.ts';
import { readAt } from '../../../../tests/support/telemetry-site.ts';
import { toFacts } from './read-facts.server.ts';

it.each([
  ['2025.4.8', '2025.4.8'],
  [null, null],
])('knows the firmware by its version alone: of LuxOS %s it is %s', (firmwareVersion, firmware) => {
  const reading = readAt(1_000, { firmware: 'LuxOS', firmwareVersion });
  expect(toFacts(reading, toSample(reading))).toMatchObject({ firmware });
});
