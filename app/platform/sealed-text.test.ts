import { describe, expect, it } from 'vitest';
import { sealText, UnsealError, unsealText } from './sealed-text.server.ts';

const SECRET = '4b1f0c9e7d2a8356b1c4d7e0f9a28c3d';

describe('sealText', () => {
  it('is opened by the same secret, purpose and row, and reads differently each time', () => {
    const sealed = sealText(SECRET, 'second-factor', '种子 JBSWY3DPEHPK3PXP', 'row-1');
    expect(unsealText(SECRET, 'second-factor', sealed, 'row-1')).toBe('种子 JBSWY3DPEHPK3PXP');
    expect(sealText(SECRET, 'second-factor', '种子 JBSWY3DPEHPK3PXP', 'row-1')).not.toBe(sealed);
  });

  it('stays shut for another secret, purpose or row, and when a byte was changed or cut', () => {
    const sealed = sealText(SECRET, 'second-factor', 'seed', 'row-1');
    const changed = Buffer.from(sealed, 'base64url');
    changed[15] = changed[15]! ^ 1;
    const attempts = [
      () => unsealText(`${SECRET}x`, 'second-factor', sealed, 'row-1'),
      () => unsealText(SECRET, 'mail', sealed, 'row-1'),
      () => unsealText(SECRET, 'second-factor', sealed, 'row-2'),
      () => unsealText(SECRET, 'second-factor', changed.toString('base64url'), 'row-1'),
      () => unsealText(SECRET, 'second-factor', sealed.slice(0, 20), 'row-1'),
    ];
    for (const attempt of attempts) expect(attempt).toThrow(UnsealError);
  });
});
