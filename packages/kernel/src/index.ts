export type { Kernel, KernelOptions, LinkReading, RunResult } from './kernel.ts';
export { openKernel } from './open-kernel.ts';
