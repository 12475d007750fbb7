import { describe, expect, it } from 'vitest';
import { type Letter, MessageSchema, renderMessage } from './message.ts';

const aLetter = (changes: Partial<Letter> = {}): Letter => ({
  to: 'lin@example.org',
  language: 'zh',
  subject: '确认邮箱',
  paragraphs: ['您好，林。', '请确认。'],
  action: { label: '确认', url: 'https://example.org/verify?token=a&b=c' },
  footer: 'HashInsight',
  ...changes,
});

describe('renderMessage', () => {
  it('says the same words in plain text and in HTML, with the address of the action written out', () => {
    const { text, html } = renderMessage(aLetter());
    expect(text).toBe('您好，林。\n\n请确认。\n\n确认:\nhttps://example.org/verify?token=a&b=c\n\n-- \nHashInsight\n');
    expect(html).toContain('lang="zh-CN"');
    expect(html).toContain('href="https://example.org/verify?token=a&amp;b=c"');
    expect(html).toContain('请确认。');
  });

  it('shows names as text, whatever they hold', () => {
    const { html } = renderMessage(aLetter({ paragraphs: ['<script>alert(1)</script> & "x"'] }));
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;');
    expect(html).not.toContain('<script>');
  });

  it('keeps the subject on one line, so that a name cannot begin another header', () => {
    const message = renderMessage(aLetter({ subject: 'Hello\r\nBcc: everybody@example.org' }));
    expect(message.subject).toBe('Hello Bcc: everybody@example.org');
    expect(MessageSchema.safeParse(message).success).toBe(true);
    expect(MessageSchema.safeParse({ ...message, subject: 'a\nb' }).success).toBe(false);
  });
});
