// A warning or an error on the console during a test is a failure: React and Node report real defects there. A test that
// expects one replaces the method itself (vi.spyOn(console, 'error').mockImplementation(...)), which this guard leaves alone.
import { afterEach, beforeEach, expect } from 'vitest';

const GUARDED = ['error', 'warn'] as const;
const original = { error: console.error, warn: console.warn };
let messages: string[] = [];

beforeEach(() => {
  messages = [];
  for (const method of GUARDED) {
    console[method] = (...parts: unknown[]) => {
      messages.push(`console.${method}: ${parts.map(String).join(' ')}`);
      original[method](...parts);
    };
  }
});

afterEach(() => {
  Object.assign(console, original);
  expect(messages, 'nothing may be written to console.error or console.warn').toEqual([]);
});
