// What is read out of `iptables -S`: lines as iptables 1.8.9 prints them on hosts with Docker, ufw and nothing.
import { describe, expect, test } from 'vitest';
import { filterOf } from './forward-filter.ts';
import type { Replies } from './reply-match.ts';
import { translatedBy } from './translated-ports.ts';

const docker = [
  '-P FORWARD DROP',
  '-A FORWARD -j DOCKER-USER',
  '-A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
  '-A FORWARD -i docker0 ! -o docker0 -j ACCEPT',
];
/** Real servers behind eth1, clients before eth0. */
const twoArms: Replies = {
  from: ['192.168.137.130', '192.168.137.131'].map((text) => ({ family: 'ipv4', text })),
  incoming: ['eth1'],
  outgoing: ['eth0'],
};
const ufw = [
  '-P FORWARD DROP',
  '-N ufw-before-forward',
  '-N ufw-user-forward',
  '-A FORWARD -j ufw-before-forward',
  '-A ufw-before-forward -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
  '-A ufw-before-forward -p icmp -m icmp --icmp-type 8 -j ACCEPT',
  '-A ufw-before-forward -j ufw-user-forward',
];
const dropsInvalid = '-A FORWARD -m conntrack --ctstate INVALID -j DROP';
const dropsNew = '-A FORWARD -m conntrack ! --ctstate RELATED,ESTABLISHED -j DROP';
const rejects = '-A FORWARD -j REJECT --reject-with icmp-host-prohibited';
const accepts = '-P FORWARD ACCEPT';

describe('the FORWARD chain', () => {
  test.each([
    ['nothing', []],
    ['a policy that accepts', [accepts]],
    ['a rule that accepts all before the policy drops', ['-P FORWARD DROP', '-A FORWARD -j ACCEPT']],
    ['drops of one network', [accepts, '-A FORWARD -s 10.9.0.0/16 -j DROP']],
    ['a rule that accepts all before one that drops', [accepts, '-A FORWARD -j ACCEPT', rejects]],
    [
      'a chain that accepts all before the policy drops',
      [
        '-P FORWARD DROP',
        '-N ours',
        '-A FORWARD -m comment --comment "-j DROP" -j ours',
        '-A ours -j ACCEPT',
      ],
    ],
    [
      'a chain that returns before it drops',
      [accepts, '-A FORWARD -j on', '-A on -j RETURN', '-A on -j DROP'],
    ],
    ['a chain that drops, for one network', [accepts, '-A FORWARD -s 10.9.0.0/16 -j no', '-A no -j DROP']],
    ['a chain that nobody jumps to', [accepts, '-A no -j DROP']],
    ['ufw that lets the servers out', [...ufw, '-A ufw-user-forward -i eth1 -o eth0 -j ACCEPT']],
    ['a chain that drops what comes in from clients', [accepts, '-A FORWARD -i eth0 -j no', '-A no -j DROP']],
    ['a rule for other interfaces', [accepts, '-A FORWARD ! -i eth+ -j DROP']],
    [
      'a rule that may match, and accepts what is accepted',
      [accepts, '-A FORWARD -p tcp -m tcp --sport 80 -j ACCEPT'],
    ],
    ['a chain that jumps to itself', [accepts, '-A FORWARD -j on', '-A on -j on']],
  ])('is open with %s', (_, lines) => {
    expect(filterOf(lines, twoArms)).toEqual({ kind: 'open' });
  });

  test.each([
    ['one of two real servers', [accepts, '-A FORWARD -s 192.168.137.131/32 -j DROP']],
    ['a condition that is not followed', [accepts, '-A FORWARD -p tcp -m tcp --sport 80 -j DROP']],
    ['some clients', [...ufw, '-A ufw-user-forward -d 10.9.0.0/16 -j ACCEPT']],
  ])('depends on a rule for %s', (_, lines) => {
    const reason = `it depends on the rule ${lines.at(-1)}`;
    expect(filterOf(lines, twoArms)).toEqual({ kind: 'unknown', reason });
  });

  test.each([
    ['Docker', docker, '-P FORWARD DROP'],
    ['what drops the invalid', [accepts, dropsInvalid, '-A FORWARD -j ACCEPT'], dropsInvalid],
    ['what drops all but the known', [accepts, dropsNew], dropsNew],
    ['a chain that drops', [accepts, '-A FORWARD -j a', '-A a -j b', '-A b -j DROP'], '-A b -j DROP'],
    [
      'a chain for the invalid that logs and drops',
      [accepts, '-A FORWARD -m conntrack --ctstate INVALID -j no', '-A no -j LOG', '-A no -j DROP'],
      '-A no -j DROP',
    ],
    [
      'a chain gone to for good, and a policy that drops',
      ['-P INPUT ACCEPT', '-P FORWARD DROP', '-A FORWARD -g on', '-A FORWARD -j ACCEPT'],
      '-P FORWARD DROP',
    ],
    ['ufw', ufw, '-P FORWARD DROP'],
    [
      'ufw that lets clients in',
      [...ufw, '-A ufw-user-forward -i eth0 -o eth1 -j ACCEPT'],
      '-P FORWARD DROP',
    ],
    [
      'a chain for what the servers send that drops',
      [accepts, '-A FORWARD -i eth1 -j no', '-A no -s 192.168.137.128/25 -j DROP'],
      '-A no -s 192.168.137.128/25 -j DROP',
    ],
    ['what rejects all', [accepts, '-A FORWARD -s 10.0.0.0/8 -j ACCEPT', rejects], rejects],
    [
      'one kind of iptables that accepts and another that drops',
      [accepts, '-A FORWARD -j ACCEPT', '-P FORWARD DROP'],
      '-P FORWARD DROP',
    ],
  ])('drops what is not tracked with %s', (_, lines, rule) => {
    expect(filterOf(lines, twoArms)).toEqual({ kind: 'dropsUntracked', rule });
  });
});

test('ports that are passed on to containers', () => {
  expect(
    translatedBy([
      '-P PREROUTING ACCEPT',
      '-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER',
      '-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80',
      '-A PREROUTING -p udp -m multiport --dports 53,5300:5301 -j DNAT --to-destination 10.0.0.9',
      '-A DOCKER -p tcp -j DNAT --to-destination 172.17.0.3',
      '-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE',
    ]),
  ).toEqual([
    { protocol: 'tcp', port: 8080, to: '172.17.0.2:80' },
    { protocol: 'udp', port: 53, to: '10.0.0.9' },
    { protocol: 'udp', port: 5300, to: '10.0.0.9' },
    { protocol: 'udp', port: 5301, to: '10.0.0.9' },
  ]);
});
