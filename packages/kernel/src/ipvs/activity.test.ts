import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { activityName, activityReader, readActivity } from './activity.ts';

/** Printed by Linux 6.1. */
const printed = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port Forward Weight ActiveConn InActConn
TCP  C0A8006F:0050 rr 
  -> C0A88983:0050      Masq    1      2          3         
UDP  [2001:0db8:0000:0000:0000:0000:0000:0001]:0035 wlc 
FWM  0000000A rr 
`;

test('each service is found with its lines by the name of its key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'activity-'));
  try {
    const file = join(folder, 'ip_vs');
    writeFileSync(file, printed);
    const activity = readActivity(file);
    const of = (key: Parameters<typeof activityName>[0]) => activity.get(activityName(key));

    expect(activity.size).toBe(3);
    const web = { family: 'ipv4', text: '192.168.0.111' } as const;
    expect(of({ kind: 'address', protocol: 'tcp', address: web, port: 80 })).toContain('-> C0A88983:0050');
    const names = { family: 'ipv6', text: '2001:db8::1' } as const;
    expect(of({ kind: 'address', protocol: 'udp', address: names, port: 53 })).toContain('wlc');
    expect(of({ kind: 'fwmark', family: 'ipv6', mark: 10 })).toContain('FWM');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('read again, it is what is printed then, however long', () => {
  const folder = mkdtempSync(join(tmpdir(), 'activity-'));
  try {
    const file = join(folder, 'ip_vs');
    const read = activityReader(file);
    const services = (count: number) =>
      `${printed}${Array.from({ length: count }, (_, mark) => `FWM  ${(mark + 256).toString(16).padStart(8, '0').toUpperCase()} rr \n`).join('')}`;
    for (const count of [0, 3000, 3000, 5, 0, 0, 6000]) {
      writeFileSync(file, services(count));
      expect([...read().keys()]).toHaveLength(3 + count);
      expect(read()).toEqual(readActivity(file));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
