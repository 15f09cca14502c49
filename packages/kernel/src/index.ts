export type {
  Kernel,
  KernelOptions,
  LinkReading,
  MissingIpvs,
  RunResult,
  ServiceFollower,
  ServicesLook,
} from './kernel.ts';
export type { MarksLook } from './marks/marks.ts';
export { openKernel } from './open-kernel.ts';
