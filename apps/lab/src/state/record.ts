import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import type { Place } from './place.ts';
import { ProcessIdentity } from '../processes/process-identity.ts';

/** What a lab writes down for those who come later, above all for cleaning up after a kill -9. */
export const LabRecord = z.object({
  supervisor: ProcessIdentity,
  /** Everything else the lab started, newest last. */
  processes: z.array(ProcessIdentity),
});
export type LabRecord = z.infer<typeof LabRecord>;

/** The record of the lab in this place, or null; one that cannot be read is an error, not an absence. */
export function readRecord(place: Place): LabRecord | null {
  if (!existsSync(place.record)) return null;
  return LabRecord.parse(JSON.parse(readFileSync(place.record, 'utf8')));
}

export function writeRecord(place: Place, record: LabRecord): void {
  const next = `${place.record}.next`;
  writeFileSync(next, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  renameSync(next, place.record);
}
