import { readFileSync } from 'node:fs';

// The kernel counts in hundredths of a second, wherever Node runs on Linux.
const tick = 10;

/** Processor time that a process took so far, user and system, in milliseconds; 0 without a process or elsewhere than on Linux. */
export function processorTime(pid: number | undefined): number {
  if (pid === undefined || process.platform !== 'linux') return 0;
  // After the name, which is in brackets and may hold anything: proc(5), fields 14 and 15.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * tick;
}
