export type {
  Kernel,
  KernelOptions,
  LinkReading,
  RunResult,
  ServiceFollower,
  ServicesLook,
} from './kernel.ts';
export { openKernel } from './open-kernel.ts';
