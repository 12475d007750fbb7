import { createInstance } from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { describe, expect, it } from 'vitest';
import frame from '../../locales/en/frame.json';
import { NumberField, type NumberFieldProps } from './field.tsx';

function renderField(differences: Partial<NumberFieldProps> = {}): string {
  const i18n = createInstance();
  i18n.use(initReactI18next).init({ lng: 'en', defaultNS: 'frame', resources: { en: { frame } } });
  const props: NumberFieldProps = { name: 'powerPrice', label: 'Power price', text: '0.055', onText: () => {}, ...differences };
  return renderToStaticMarkup(
    <I18nextProvider i18n={i18n}>
      <NumberField {...props} />
    </I18nextProvider>,
  );
}

/** The text of the elements that `aria-describedby` of the box names. */
function findDescription(html: string): string {
  const ids = /aria-describedby="([^"]+)"/.exec(html)?.[1]?.split(' ') ?? [];
  return ids.map((id) => new RegExp(`id="${id}">(.*?)</(?:span|div)>`).exec(html)?.[1] ?? '').join(' ');
}

describe('NumberField', () => {
  it('joins label and box, and describes the box by its unit and range', () => {
    const html = renderField({ unit: '/kWh', range: '$0.02 to $0.12', standard: 'default $0.060' });
    const labelFor = /<label for="([^"]+)"/.exec(html)?.[1];
    expect(html).toContain(`id="${labelFor}" name="powerPrice"`);
    expect(findDescription(html)).toContain('/kWh');
    expect(html).toContain('$0.02 to $0.12');
    expect(html).not.toContain('aria-invalid');
  });

  it('shows an error beside the field and ties it to the box', () => {
    const html = renderField({ text: 'abc', error: 'Type a number, such as 0.06.' });
    expect(html).toContain('aria-invalid="true"');
    expect(findDescription(html)).toContain('Type a number, such as 0.06.');
    expect(html).toContain('value="abc"');
  });

  it('submits the box only, and keeps the slider inside its range', () => {
    const html = renderField({ slider: { min: 0.02, max: 0.12, step: 0.001 }, value: 5 });
    expect(html.match(/name="/g)).toHaveLength(1);
    expect(/<input type="range"[^>]*value="0.12"/.test(html)).toBe(true);
    expect(html).toContain('aria-label="Power price, slider"');
  });

  it('writes no style attribute, which the policy would refuse', () => {
    expect(renderField({ slider: { min: 0, max: 1, step: 0.1 }, unit: '%' })).not.toContain('style=');
  });
});
