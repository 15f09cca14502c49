import { access, readdir, readFile, readlink } from 'node:fs/promises';
import type { OtherWriter } from '@signalbox/cluster';

/** Programs that write the table of virtual services while they run. */
const programs: ReadonlySet<string> = new Set([
  'keepalived',
  'ldirectord',
  'kube-proxy',
  'gorb',
  'seesaw_engine',
]);
/** Units that fill it when the machine starts. */
const units = ['ipvsadm.service', 'keepalived.service', 'ldirectord.service'] as const;
const wants = '/etc/systemd/system/multi-user.target.wants';

/** Whoever else writes the table of virtual services of this network namespace, or would at the next boot. */
export async function readOtherWriters(): Promise<OtherWriter[]> {
  const [running, enabled] = await Promise.all([runningWriters(), enabledUnits()]);
  return [...running, ...enabled];
}

async function runningWriters(): Promise<OtherWriter[]> {
  const here = await namespaceOf('self');
  if (here === null) return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid): Promise<OtherWriter[]> => {
      const name = await nameOf(pid);
      if (name === null || !programs.has(name) || (await namespaceOf(pid)) !== here) return [];
      return [{ name, evidence: `it runs with pid ${pid}` }];
    }),
  );
  return [...new Map(found.flat().map((writer) => [writer.name, writer])).values()];
}

/** The program's name, also where an interpreter runs it (ldirectord is Perl). */
async function nameOf(pid: string): Promise<string | null> {
  try {
    const comm = (await readFile(`/proc/${pid}/comm`, 'utf8')).trim();
    if (!/^(perl|python|sh|bash)/.test(comm)) return comm;
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').slice(1);
    const script = words.find((word) => !word.startsWith('-'));
    return script?.split('/').at(-1) ?? null;
  } catch {
    // It has ended meanwhile.
    return null;
  }
}

async function namespaceOf(pid: string): Promise<string | null> {
  try {
    return await readlink(`/proc/${pid}/ns/net`);
  } catch {
    return null;
  }
}

async function enabledUnits(): Promise<OtherWriter[]> {
  const found = await Promise.all(
    units.map(async (unit): Promise<OtherWriter[]> => {
      const path = `${wants}/${unit}`;
      return access(path).then(
        () => [{ name: unit, evidence: `${path} is there` }],
        () => [],
      );
    }),
  );
  return found.flat();
}
