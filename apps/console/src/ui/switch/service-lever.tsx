'use client';
import { useRouter } from 'next/navigation';
import type { VirtualService } from '@signalbox/cluster';
import { useCluster } from '../cluster/cluster-context.ts';
import { useLeverBlock } from './cluster-lever.tsx';
import { Lever } from './lever.tsx';
import { leverReading } from './lever-reading.ts';
import { orderPath } from './switch-address.ts';

/** The lever of one service: shows its way, and starts a switch of it alone. */
export function ServiceLever({ service, name }: { service: VirtualService; name: string }) {
  const router = useRouter();
  const { view } = useCluster();
  const block = useLeverBlock();
  return (
    <Lever
      size="small"
      name={name}
      reading={leverReading([service])}
      onThrow={
        block === null
          ? (to) => router.push(orderPath(view.id, { to, services: [service.id], without: [] }))
          : null
      }
    />
  );
}
