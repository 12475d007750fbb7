/** What a process and its children use, from /proc (Linux). */
import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second. */
const TICKS_PER_S = 100;
const PAGE_BYTES = 4096;

function readStat(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const shared = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[2]) * PAGE_BYTES;
    return {
      parent: Number(fields[1]),
      cpuS: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S,
      ownBytes: Number(fields[21]) * PAGE_BYTES - shared,
    };
  } catch {
    return null; // Ended a moment ago.
  }
}

/** { rssMb, cpuS } of a process with its children; null: it is gone. `rssMb` is without shared pages, which PostgreSQL's processes would each count again. */
export function readProcessUse(pid) {
  const own = readStat(pid);
  if (own === null) return null;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(readStat)
    .filter((stat) => stat?.parent === pid);
  const all = [own, ...children];
  return {
    rssMb: all.reduce((sum, { ownBytes }) => sum + ownBytes, 0) / 2 ** 20,
    cpuS: all.reduce((sum, { cpuS }) => sum + cpuS, 0),
  };
}
