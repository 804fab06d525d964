import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

const TICK_MS = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** CPU milliseconds that a process and its descendants (the databases') have used so far; Linux only. */
export function cpuMs(pid) {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(statOf);
  const spent = { server: 0, databases: 0 };
  for (const stat of stats) {
    if (stat.pid === pid) spent.server += stat.ms;
    else if (descends(stats, stat, pid)) spent.databases += stat.ms;
  }
  return spent;
}

function descends(stats, stat, ancestor) {
  for (let at = stat; at !== undefined; at = stats.find(({ pid }) => pid === at.parent)) {
    if (at.parent === ancestor) return true;
  }
  return false;
}

/** /proc/<pid>/stat: the name in parentheses may hold anything, the rest is counted from behind it. */
function statOf(name) {
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // utime, stime, and those of children that ended and were waited for: a database's backends come and go.
    const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
    return [{ pid: Number(name), parent: Number(fields[1]), ms: ticks * TICK_MS }];
  } catch {
    return []; // it has ended meanwhile
  }
}
