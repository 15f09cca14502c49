// Rules for a switch, asked of hosts before anything is done: what would not work once clients go the other way.
import type { ProblemRule } from './problem-rules.ts';

/** `fix`: the line to type on the host that puts it right, with `{name}` where values go. */
export interface SwitchRule extends ProblemRule {
  readonly fix?: string;
}

export const switchRules = {
  alreadyThatWay: {
    severity: 'warning',
    message: '{service} goes by {method} already. It stays as it is.',
  },
  mixedMethods: {
    severity: 'warning',
    message:
      'Some destinations of {service} go by a method of their own. All of them will go by {method}; going back brings it back as it was.',
  },
  directSavesNothing: {
    severity: 'warning',
    message:
      'DR saves nothing for {service}: {director} is the only way from its real servers to clients, so replies still pass it. Give the real servers a router of their own to relieve it.',
  },
  tooManyCanaries: {
    severity: 'error',
    message:
      '{count} ways would have to be tried at once, and at most {most} can be. Switch fewer services at a time.',
  },

  directorWithoutAgent: {
    severity: 'error',
    message:
      '{node} has no agent, so its services cannot be switched and nothing can be proven. Install the agent there.',
  },
  realServerWithoutAgent: {
    severity: 'warning',
    message:
      '{node} has no agent: whether it listens, and which connections it has, cannot be seen. The trial connection will say whether it works.',
  },
  agentSilent: {
    severity: 'error',
    message:
      'The agent of {node} does not answer, so it cannot be made ready. Start it, or check the network.',
  },

  noListenerOnVip: {
    severity: 'error',
    message:
      'Nothing on {node} listens on {vip}:{port} for {service} (it listens on {listens}), so by DR connections would be refused. Bind the server to 0.0.0.0 or to {vip}.',
  },
  noListenerOnAddress: {
    severity: 'error',
    message:
      'Nothing on {node} listens on {address}:{port} for {service} (it listens on {listens}), so by NAT connections would be refused. Bind the server to 0.0.0.0 or to {address}.',
  },
  wildcardUdp: {
    severity: 'error',
    message:
      'The UDP server of {service} on {node} is bound to every address, so its replies leave from whichever address the routes choose and get lost by {method}. Bind it to {address}.',
  },
  translatedByHost: {
    severity: 'error',
    message:
      '{node} passes port {port} on to {to} (a container), whose replies cannot be led back by {method} ({service}). Let the container use the network of its host.',
  },
  kernelTooOld: {
    severity: 'error',
    message:
      '{node} runs Linux {release}, and NAT for {service} needs a routing rule by source port there, which Linux has since 4.17. Update its kernel, or make the director its gateway.',
  },
  strictReversePath: {
    severity: 'error',
    message:
      '{node} drops packets that come in on {interface} when their way back is by {other} (rp_filter=1), and packets of {service} will. Set {sysctl} to 2.',
    fix: 'sysctl -w {sysctl}=2',
  },
  forwardDropsReplies: {
    severity: 'error',
    message:
      'Replies by {method} are not tracked as connections, and {node} drops such packets on their way ({rule}). Set net.ipv4.vs.conntrack to 1, or let them pass there.',
    fix: 'sysctl -w net.ipv4.vs.conntrack=1',
  },
  forwardUnknown: {
    severity: 'warning',
    message:
      'Whether {node} lets replies pass that are not tracked as connections is not known ({reason}). The trial connection will say.',
  },
  connectionsReused: {
    severity: 'warning',
    message:
      '{node} gives a client that comes again from the same port its old connection (net.ipv4.vs.conn_reuse_mode=0), and with it the old way. The switch sets it to 3 for as long as DR is ready, and leaves DR ready for two minutes after its last connection. Set it to 1 for the time after that.',
    fix: 'sysctl -w net.ipv4.vs.conn_reuse_mode=1',
  },
  tableGrows: {
    severity: 'warning',
    message:
      '{node} makes its table of connections larger while it serves (net.ipv4.vs.conn_lfactor={value}). Linux 7.2 may then send a client that comes again from the same port to two real servers, and it gets no answer; that happens without a switch too. With -8 the table is large before there are many connections.',
    fix: 'sysctl -w net.ipv4.vs.conn_lfactor=-8',
  },
  otherWriter: {
    severity: 'error',
    message:
      '{writer} on {node} writes the table of virtual services too ({evidence}) and would undo the switch. Stop it first.',
  },
  otherWriterAtBoot: {
    severity: 'warning',
    message:
      '{writer} on {node} fills the table of virtual services when the machine starts ({evidence}). Take its virtual services out of its configuration, or disable it: else it brings the old way back.',
    fix: 'systemctl disable {writer}',
  },
} as const satisfies Record<string, SwitchRule>;
