// The console as a program of the host: set up from a file, then kept running.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Topology } from '@signalbox/cluster';
import * as z from 'zod';
import { ENROL_PORT, OUTSIDE } from '../machine/management-network.ts';
import { type RunningService, runService } from '../processes/service-runner.ts';
import type { Service } from '../wire/guest-messages.ts';

const program = (name: string) => fileURLToPath(new URL(`../../../console/${name}`, import.meta.url));
const NODE = [process.execPath, '--disable-warning=ExperimentalWarning'];
const ADMINISTRATOR = { name: 'Lab administrator', email: 'admin@lab.example' };
const PROVISION_MS = 180_000;

const Provisioned = z.object({
  clusterId: z.string(),
  ca: z.string(),
  tokens: z.record(z.string(), z.string()),
});

export interface ProvisionedConsole extends z.infer<typeof Provisioned> {
  readonly email: string;
  readonly password: string;
}

/** Sets up a data folder with an administrator, a cluster and a join token for each node that has an agent. */
export async function provisionConsole(data: string, cluster: Topology): Promise<ProvisionedConsole> {
  const administrator = { ...ADMINISTRATOR, password: randomBytes(12).toString('base64url') };
  const file = join(data, 'provision.json');
  await writeFile(file, JSON.stringify({ administrator, cluster }), { mode: 0o600 });
  const [node = '', ...flags] = NODE;
  const { stdout } = await promisify(execFile)(
    node,
    [...flags, program('cli.ts'), 'provision', file, '--data', data],
    { timeout: PROVISION_MS },
  );
  return { ...Provisioned.parse(JSON.parse(stdout)), ...administrator };
}

/** The console's program: it ends with us, is started again when it ends, and keeps its ports. */
export function runConsole(
  wanted: { readonly data: string; readonly port: number; readonly enrolPort: number },
  say: (line: string) => void,
): RunningService {
  const service: Service = {
    name: 'console',
    argv: [
      ...NODE,
      program('server.ts'),
      `--data=${wanted.data}`,
      `--listen=127.0.0.1:${wanted.port}`,
      `--enrol-listen=127.0.0.1:${wanted.enrolPort}`,
      `--enrol-advertise=${OUTSIDE}:${ENROL_PORT}`,
    ],
    env: { NODE_ENV: 'production' },
    restart: 'always',
    readyText: 'Signalbox listens on',
  };
  return runService(service, ['setpriv', '--pdeathsig', 'KILL', '--', ...service.argv], say);
}
