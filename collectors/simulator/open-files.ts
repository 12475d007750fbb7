import { readFileSync } from 'node:fs';

/** How many files and sockets the system lets this process have open; null where the system does not say (only Linux does). */
export function readOpenFilesLimit(): number | null {
  try {
    const line = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
    return line ? Number(line[1]) : null;
  } catch {
    return null;
  }
}

/** Throws when fewer than `needed` may be open, saying how to raise the limit. */
export function requireOpenFiles(needed: number, what: string): void {
  const limit = readOpenFilesLimit();
  if (limit !== null && limit < needed) {
    throw new Error(
      `${what} needs about ${needed} open files and the system allows ${limit}. Run "ulimit -n ${needed}" first, or ask for fewer machines.`,
    );
  }
}
