import { expect, it } from 'vitest';
import { besideHeader, enumerations } from '../testing/enumerations.ts';
import * as uapi from './uapi.ts';

const header = enumerations(new URL('ip_vs-enums.txt', import.meta.url));

it.each([
  ['IPVS_CMD_', uapi.IPVS_CMD],
  ['IPVS_CMD_ATTR_', uapi.IPVS_CMD_ATTR],
  ['IPVS_SVC_ATTR_', uapi.IPVS_SVC_ATTR],
  ['IPVS_DEST_ATTR_', uapi.IPVS_DEST_ATTR],
  ['IPVS_STATS_ATTR_', uapi.IPVS_STATS_ATTR],
  ['IPVS_INFO_ATTR_', uapi.IPVS_INFO_ATTR],
])('%s* are the numbers of linux/ip_vs.h', (prefix, constants) => {
  const { ours, header: theirs } = besideHeader(prefix, constants, header);
  expect(ours).toEqual(theirs);
});
