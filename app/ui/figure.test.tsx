import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Figure } from './figure.tsx';

describe('Figure', () => {
  it('shows the figure with its unit and what it rests on', () => {
    const html = renderToStaticMarkup(<Figure label="Payback" value="21.9" unit="months" basis="static 21.2" />);
    expect(html).toBe('<div><dt>Payback</dt><dd>21.9 <span class="u">months</span></dd><dd>static 21.2</dd></div>');
  });

  it('shows an unknown figure as an em dash that can be focused and says why, without a unit', () => {
    const html = renderToStaticMarkup(<Figure label="Payback" value={null} unknownReason="It never pays back." unit="months" />);
    expect(html).toContain('tabindex="0"');
    expect(html).toContain('data-reason="It never pays back."');
    expect(html).toContain('>—</span>');
    expect(html).not.toContain('months');
  });
});
