// What rules of others say, from what iptables prints of them.
import { expect, test } from 'vitest';
import { filterOf } from './forward-filter.ts';
import { translatedBy } from './translated-ports.ts';

const policy = (verdict: string) => `-P FORWARD ${verdict}`;

test('forwarding that connection tracking does not know is dropped by policy, by state or by a rule for everything', () => {
  expect(filterOf([policy('DROP')])).toEqual({ kind: 'dropsUntracked', rule: policy('DROP') });
  for (const rule of [
    '-A FORWARD -j REJECT --reject-with icmp-port-unreachable',
    '-A FORWARD -m conntrack --ctstate INVALID -j DROP',
    '-A FORWARD -m conntrack ! --ctstate RELATED,ESTABLISHED -j DROP',
  ])
    expect(filterOf([policy('ACCEPT'), rule])).toEqual({ kind: 'dropsUntracked', rule });
});

test('forwarding is open where everything is accepted first, and where only something else is dropped', () => {
  expect(filterOf([])).toEqual({ kind: 'open' });
  expect(filterOf([policy('DROP'), '-A FORWARD -j ACCEPT'])).toEqual({ kind: 'open' });
  expect(filterOf([policy('ACCEPT'), '-A FORWARD -s 10.0.0.9/32 -j DROP'])).toEqual({ kind: 'open' });
});

test('ports that a host passes on to its containers are known with where they go', () => {
  expect(
    translatedBy([
      '-N DOCKER',
      '-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER',
      '-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80',
      '-A PREROUTING -p udp -m multiport --dports 53,5353 -j DNAT --to-destination 10.0.0.3',
    ]),
  ).toEqual([
    { protocol: 'tcp', port: 8080, to: '172.17.0.2:80' },
    { protocol: 'udp', port: 53, to: '10.0.0.3' },
    { protocol: 'udp', port: 5353, to: '10.0.0.3' },
  ]);
});
