import { expect, it } from 'vitest';
import { besideHeader, enumerations } from '../testing/enumerations.ts';
import * as uapi from './uapi.ts';

const header = enumerations(new URL('rtnetlink-enums.txt', import.meta.url));

it.each([
  ['RTA_', uapi.RTA],
  ['IFA_', uapi.IFA],
  ['FRA_', uapi.FRA],
  ['IFLA_', uapi.IFLA],
  ['FR_ACT_', { TO_TBL: uapi.FR_ACT_TO_TBL }],
])('%s* are the numbers of the kernel headers', (prefix, constants) => {
  const { ours, header: theirs } = besideHeader(prefix, constants, header);
  expect(ours).toEqual(theirs);
});
