import { expect, it } from 'vitest';
import { distributionsOf, explainMissingIpvs, type MissingIpvsFacts } from './missing-ipvs.ts';

const facts: MissingIpvsFacts = {
  release: '6.1.0-18-cloud-amd64',
  loadable: false,
  installed: true,
  releases: ['6.1.0-18-cloud-amd64'],
  loadingDisabled: false,
  distributions: ['debian'],
};

it.each<[string, Partial<MissingIpvsFacts>, RegExp]>([
  ['a module that is not loaded', { loadable: true }, /modprobe ip_vs/],
  ['loading that is turned off', { loadable: true, loadingDisabled: true }, /modules-load\.d.*reboot/],
  ['a kernel that was upgraded', { installed: false, releases: ['6.1.0-22-amd64'] }, /Reboot/],
  ['Debian', {}, /linux-image-amd64/],
  ['Ubuntu', { distributions: ['ubuntu', 'debian'] }, /linux-modules-extra-6\.1\.0-18-cloud-amd64/],
  [
    'a relative of Red Hat’s',
    { distributions: ['rocky', 'rhel', 'centos', 'fedora'] },
    /dnf install kernel-modules-/,
  ],
  ['a system that we do not know', { distributions: ['plan9'] }, /CONFIG_IP_VS/],
  ['a name of every object', { distributions: ['constructor'] }, /CONFIG_IP_VS/],
])('%s has its remedy', (_, given, remedy) => {
  const { reason, remedy: found } = explainMissingIpvs({ ...facts, ...given });
  expect(found).toMatch(remedy);
  expect(reason).not.toBe('');
});

it('reads which distribution it is, the closest first', () => {
  expect(distributionsOf('NAME="Rocky Linux"\nID="rocky"\nID_LIKE="rhel centos fedora"\n')).toEqual([
    'rocky',
    'rhel',
    'centos',
    'fedora',
  ]);
  expect(distributionsOf('ID="opensuse-leap"\nID_LIKE="suse opensuse"\n')).toEqual(['suse', 'suse', 'suse']);
  expect(distributionsOf('')).toEqual([]);
});
