// What the running kernel has built in, loaded, or could load: read from files, loading nothing.
import { readFile, readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** `builtIn` and `loaded` work now; `loadable` when asked for; `missing` would have to be installed. */
export type ModuleState = 'builtIn' | 'loaded' | 'loadable' | 'missing';

/** Where distributions keep modules; the last is that of Debian's User-Mode Linux. */
const directories = ['/lib/modules', '/usr/lib/modules', '/usr/lib/uml/modules'] as const;
const configurations = (release: string) => ['/proc/config.gz', `/boot/config-${release}`];

/** The modules of one kernel release. */
export interface Modules {
  /** Whether the module files of the running kernel are there at all. */
  readonly installed: boolean;
  stateOf(name: string): ModuleState;
}

export async function readModules(release: string): Promise<Modules> {
  const [loaded, dependencies, builtIn, configuration] = await Promise.all([
    readText('/proc/modules'),
    firstText(directories.map((directory) => `${directory}/${release}/modules.dep`)),
    firstText(directories.map((directory) => `${directory}/${release}/modules.builtin`)),
    firstText(configurations(release)),
  ]);
  return modulesFrom({ loaded, dependencies, builtIn, configuration });
}

/** The files as text; null where there is none. */
export interface ModuleFiles {
  readonly loaded: string | null;
  readonly dependencies: string | null;
  readonly builtIn: string | null;
  readonly configuration: string | null;
}

/** A kernel without module files tells by its configuration what is built in: `CONFIG_IP_VS_RR=y` is `ip_vs_rr`. */
export function modulesFrom({ loaded, dependencies, builtIn, configuration }: ModuleFiles): Modules {
  const live = new Set((loaded ?? '').split('\n').map((line) => line.split(' ', 1)[0] ?? ''));
  const files = moduleNames(dependencies ?? '');
  const inside = moduleNames(builtIn ?? '');
  const configured = new Set((configuration ?? '').split('\n'));
  return {
    installed: dependencies !== null,
    stateOf(name) {
      if (live.has(name)) return 'loaded';
      if (inside.has(name) || configured.has(`CONFIG_${name.toUpperCase()}=y`)) return 'builtIn';
      return files.has(name) ? 'loadable' : 'missing';
    },
  };
}

/** `kernel/net/netfilter/ipvs/ip_vs_rr.ko.xz: ...` is `ip_vs_rr`; the kernel writes `_` where a file may have `-`. */
function moduleNames(text: string): Set<string> {
  return new Set(
    Array.from(text.matchAll(/^(?:[^:\n]*\/)?([^/:\n]+)\.ko\b/gm), ([, name = '']) =>
      name.replaceAll('-', '_'),
    ),
  );
}

/** Releases whose module files are installed, the running one or not. */
export async function installedReleases(): Promise<string[]> {
  const lists = await Promise.all(
    directories.slice(0, 2).map((directory) => readdir(directory).catch(() => [])),
  );
  return [...new Set(lists.flat())];
}

async function firstText(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const text = await readText(path);
    if (text !== null) return text;
  }
  return null;
}

async function readText(path: string): Promise<string | null> {
  try {
    const bytes = await readFile(path);
    return (path.endsWith('.gz') ? await promisify(gunzip)(bytes) : bytes).toString('utf8');
  } catch {
    return null;
  }
}
