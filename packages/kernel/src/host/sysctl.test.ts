import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSysctl, readSysctls, sysctlPath, writeSysctl } from './sysctl.ts';

describe('the file of a sysctl', () => {
  it.each([
    ['net.ipv4.ip_forward', '/proc/sys/net/ipv4/ip_forward'],
    ['net.ipv4.conf.eth0/100.rp_filter', '/proc/sys/net/ipv4/conf/eth0.100/rp_filter'],
    ['net.ipv4.conf.a b;c.rp_filter', '/proc/sys/net/ipv4/conf/a b;c/rp_filter'],
  ])('%s is %s', (name, path) => {
    expect(sysctlPath(name)).toBe(path);
  });

  it.each([
    '',
    '.',
    '..',
    'net',
    'net..ipv4',
    'net.//.ipv4',
    'net.ipv4./',
    '///.///.etc',
    'a.b\0c',
    '.net.ipv4',
  ])('%j has none', (name) => {
    expect(sysctlPath(name)).toBeNull();
  });

  it('is never outside /proc/sys, whatever the name', () => {
    const names = fc
      .array(fc.constantFrom('.', '/', '..', '//', 'net', 'etc', 'passwd'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(fc.string(), names), (name) => {
        const path = sysctlPath(name);
        if (path !== null) expect(resolve(path)).toBe(path);
        if (path !== null) expect(path.startsWith('/proc/sys/')).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('reading', () => {
  it('answers only those that exist, each once', async () => {
    const names = [
      'kernel.ostype',
      'kernel.no_such_thing',
      'kernel.ostype',
      'net.ipv4.conf.nope0.rp_filter',
      '../x',
    ];
    expect(readSysctls(names)).toEqual([{ name: 'kernel.ostype', value: 'Linux' }]);
  });

  it('separates several numbers by one space', async () => {
    expect(readSysctl('net.ipv4.tcp_rmem')).toMatch(/^\d+ \d+ \d+$/);
  });

  it('takes a directory for an error', async () => {
    expect(() => readSysctl('net.ipv4')).toThrow(expect.objectContaining({ errno: 'EISDIR' }));
  });
});

describe('writing', () => {
  it.each([
    ['kernel.no_such_thing', '1', 'ENOENT'],
    ['..', '1', 'ENOENT'],
    ['net.ipv4.ip_forward', '', 'EINVAL'],
    ['net.ipv4.ip_forward', '1\n2', 'EINVAL'],
  ])('%j = %j is %s', async (name, value, errno) => {
    await expect(writeSysctl(name, value)).rejects.toMatchObject({ errno });
  });
});
