export type * from './clusters.ts';
export { type Database, openDatabase } from './database.ts';
export type * from './events.ts';
export { type HeldLock, lockFile } from './lock-file.ts';
export type * from './rollouts.ts';
export { locksCluster } from './switch-lock.ts';
export type * from './switches.ts';
export type * from './trust.ts';
export type * from './users.ts';
