'use client';
import {
  describe,
  endpointText,
  formatCidr,
  type HostServiceWithDestinations,
  type HostState,
  serviceKeyText,
} from '@signalbox/cluster';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { SectionTitle } from '../inspector/facts.tsx';
import { Card } from './card.tsx';

interface HostStateCardProps {
  readonly title: string;
  readonly hint?: string;
  readonly empty: string;
  readonly state: HostState;
  readonly stale: boolean;
}

/** Everything of one shape that a host has, as its own programs would list it. */
export function HostStateCard({ title, hint, empty, state, stale }: HostStateCardProps) {
  const t = useTranslations('nodes');
  const { services, addresses, routes, rules, sysctls, marks } = state;
  const parts: readonly (readonly [string, readonly string[]])[] = [
    [
      t('hostAddresses'),
      addresses.map(({ interface: device, cidr, label }) =>
        [device, formatCidr(cidr), label ?? ''].join(' ').trim(),
      ),
    ],
    // The command without its first words says what there is.
    [t('routes'), routes.map((route) => withoutVerb(describe({ kind: 'addRoute', route })))],
    [t('rules'), rules.map((rule) => withoutVerb(describe({ kind: 'addRule', rule })))],
    [t('sysctls'), sysctls.map(({ name, value }) => `${name} = ${value}`)],
    [t('marks'), marks.map((mark) => describe({ kind: 'addMark', mark }))],
  ];
  const nothing = services.length === 0 && parts.every(([, lines]) => lines.length === 0);
  return (
    <Card title={title} {...(hint === undefined ? {} : { hint })} stale={stale}>
      {nothing ? <p className="text-ink-2">{empty}</p> : null}
      {services.length === 0 ? null : (
        <Part title={t('ipvsServices')}>
          {services.map((service) => (
            <ServiceLines key={serviceKeyText(service.key)} service={service} />
          ))}
        </Part>
      )}
      {parts.map(([name, lines]) =>
        lines.length === 0 ? null : (
          <Part key={name} title={name}>
            {lines.map((line) => (
              <li key={line} className="mono [overflow-wrap:anywhere]">
                {line}
              </li>
            ))}
          </Part>
        ),
      )}
    </Card>
  );
}

const withoutVerb = (command: string): string => command.replace(/^ip (-6 )?(route|rule) add /, '');

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="[&:first-child_h3]:mt-0">
      <SectionTitle>{title}</SectionTitle>
      <ul className="flex flex-col gap-0.5">{children}</ul>
    </div>
  );
}

function ServiceLines({ service }: { service: HostServiceWithDestinations }) {
  const methods = useTranslations('method');
  return (
    <li>
      <span className="mono font-semibold">{serviceKeyText(service.key)}</span> {service.scheduler}
      <ul>
        {service.destinations.map(({ address, port, method, weight }) => (
          <li key={endpointText(address, port)} className="mono pl-4 text-ink-2">
            {endpointText(address, port)}{' '}
            {method === 'masq' || method === 'gate' || method === 'ipip' ? methods(method) : method} {weight}
          </li>
        ))}
      </ul>
    </li>
  );
}
