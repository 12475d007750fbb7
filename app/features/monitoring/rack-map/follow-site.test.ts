import { describe, expect, it } from 'vitest';
import { followSite } from './follow-site.ts';

class FakeStream extends EventTarget {
  readyState = 1;
  tell(kind: string, data: object = {}): void {
    this.dispatchEvent(new MessageEvent(kind, { data: JSON.stringify(data) }));
  }
}

function follow() {
  const stream = new FakeStream();
  const heard: unknown[] = [];
  followSite(stream, {
    onOpen: () => void heard.push('open'),
    onRefused: () => void heard.push('refused'),
    onCells: (event) => void heard.push(event),
    onAlerts: (open) => void heard.push({ open }),
    onReset: () => void heard.push('reset'),
  });
  return { stream, heard };
}

describe('the live stream of a site', () => {
  it('asks for the state anew when what was missed is gone', () => {
    const { stream, heard } = follow();
    stream.tell('reset');
    expect(heard).toEqual(['reset']);
  });

  it('tells cells and the number of open alerts', () => {
    const { stream, heard } = follow();
    const cells = { atS: 60, numbers: [1], states: [1], hashrateThs: [200], powerW: [null], chipTemperatureC: [70] };
    stream.tell('cells', cells);
    stream.tell('alerts', { open: 3 });
    expect(heard).toEqual([cells, { open: 3 }]);
  });

  it('is given up when the server refuses it, not when the line is lost for a while', () => {
    const { stream, heard } = follow();
    stream.readyState = 0;
    stream.tell('error');
    expect(heard).toEqual([]);
    stream.readyState = 2;
    stream.tell('error');
    expect(heard).toEqual(['refused']);
  });
});
