import { describe, expect, it } from 'vitest';
import { canEnter, outsideFolder } from './postgres-place.mjs';

const postgres = { uid: 101, gid: 104 };
/** A file system where everything belongs to root with mode 0755, but for what is given. */
const statIn = (entries) => (path) => ({ mode: 0o755, uid: 0, gid: 0, ...entries[path] });

describe('canEnter', () => {
  it('accepts folders that everybody may pass through', () => {
    expect(canEnter('/srv/hashinsight', postgres, statIn({}))).toBe(true);
    expect(canEnter('/srv/hashinsight', postgres, statIn({ '/srv': { mode: 0o711 } }))).toBe(true);
  });

  it("refuses a project below root's home", () => {
    expect(canEnter('/root/hashinsight', postgres, statIn({ '/root': { mode: 0o700 } }))).toBe(false);
  });

  it('looks at the bits of the owner, of the group or of the others, whichever the user is', () => {
    const owned = (entry) => canEnter('/data', postgres, statIn({ '/data': entry }));
    expect(owned({ uid: 101, mode: 0o700 })).toBe(true);
    // An owner without the right is refused even when everybody else has it.
    expect(owned({ uid: 101, mode: 0o077 })).toBe(false);
    expect(owned({ gid: 104, mode: 0o710 })).toBe(true);
    expect(owned({ gid: 104, mode: 0o701 })).toBe(false);
    expect(owned({ mode: 0o776 })).toBe(false);
  });
});

describe('outsideFolder', () => {
  it('is one for each project and user', () => {
    const folders = [outsideFolder('/root/a', 0), outsideFolder('/root/b', 0), outsideFolder('/root/a', 1000)];
    expect(new Set(folders).size).toBe(3);
    expect(folders[0]).toMatch(/^\/var\/tmp\/hashinsight-[0-9a-f]{12}-0$/);
    expect(outsideFolder('/root/a/', 0)).toBe(folders[0]);
  });
});
