import { type LabHandle, labAt } from './lab.ts';

/** Names the state folder of the lab that a test run shares. */
export const TEST_LAB = 'SIGNALBOX_TEST_LAB';

/** The lab of this test run: one booted kernel, whose machines each test makes anew with `reset`. */
export function testLab(): LabHandle {
  const folder = process.env[TEST_LAB];
  if (folder === undefined)
    throw new Error(
      `these tests need a kernel: npm test -- ${process.argv[1] ?? 'FILE'} (or set ${TEST_LAB})`,
    );
  return labAt(folder);
}
