import { scenarioFor } from '../scenarios/by-name.ts';
import type { LabStatus } from '../wire/control-messages.ts';

/** The lab in lines for a person. */
export function describe(status: LabStatus): string[] {
  return [
    `lab      ${status.folder} (process ${status.supervisor})`,
    `kernel   ${status.kernel.kind === 'uml' ? 'User-Mode Linux' : 'the host’s own'} ${status.kernel.release}`,
    ...scenarioLines(status.setup),
    ...status.nodes.map((node) =>
      `${node.id.padEnd(8)} ${node.name.padEnd(9)} ${node.kind.padEnd(11)} ${node.addresses.join(', ').padEnd(38)} ${node.services.map(serviceWords).join(', ')}`.trimEnd(),
    ),
    ...(status.console === null
      ? []
      : [`console  ${status.console.url}`, `sign in  ${status.console.email}  ${status.console.password}`]),
  ];
}

/** What is drawn to be served, and where clients will find it. */
function scenarioLines(setup: LabStatus['setup']): string[] {
  const scenario = scenarioFor(setup);
  if (scenario === null) return [];
  const { vip, port } = scenario.service;
  return [`scenario ${scenario.name}`, `VIP      ${vip} port ${port}, served once the drawing is applied`];
}

type ServiceWords = LabStatus['nodes'][number]['services'][number];

function serviceWords(service: ServiceWords): string {
  if (service.state === 'running')
    return service.restarts === 0 ? service.name : `${service.name} (restarted ${service.restarts} times)`;
  return `${service.name} ${service.state} (${service.lastExit ?? ''})`;
}
