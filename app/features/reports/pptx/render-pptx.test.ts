import { describe, expect, it } from 'vitest';
import { sizeOfTitle } from './render-pptx.ts';

describe('the title of a slide', () => {
  it('is smaller where it takes two lines, so that these end above what follows', () => {
    expect(sizeOfTitle('Of $3.50 earned by hashing, energy takes $1.14')).toBe(26);
    expect(sizeOfTitle('The plan is worth +$2.09; at most $0.01 may be missing from the best')).toBeLessThan(26);
  });

  it('counts a Chinese character as two letters', () => {
    expect(sizeOfTitle('电价影响最大：净现值之间')).toBe(26);
    expect(sizeOfTitle('最贵时段每兆瓦时四百美元，高于一百三十二美元时最省电的机器也亏')).toBeLessThan(26);
  });
});
