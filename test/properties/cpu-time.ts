/** Time that this thread worked: a machine busy with something else makes nothing slow. */

/** Milliseconds of this thread's processor time. */
export function cpuTime(run: () => unknown): number {
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}
