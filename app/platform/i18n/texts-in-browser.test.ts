import { describe, expect, it } from 'vitest';
import { findTextsUrl, listNamespaces, listTextsUrls } from './texts-in-browser.ts';

describe('listNamespaces', () => {
  it('collects what the matched routes ask for, each once, with the frame’s own first', () => {
    expect(listNamespaces([undefined, { i18n: ['market', 'frame'] }, { i18n: 'market' }, { other: 1 }, null])).toEqual(['frame', 'market']);
  });
});

describe('listTextsUrls', () => {
  it('names files of the active language only', () => {
    const urls = listTextsUrls('zh', []);
    expect(urls).toHaveLength(1);
    expect(urls[0]).toContain('zh/frame');
  });

  it('leaves out namespaces that do not exist', () => {
    expect(findTextsUrl('zh', 'nothing')).toBeNull();
    expect(findTextsUrl('xx', 'frame')).toBeNull();
    expect(listTextsUrls('en', [{ i18n: ['nothing'] }])).toHaveLength(1);
  });
});
