'use client';
import { ChevronDown, LoaderCircle } from 'lucide-react';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl';
import type { ClusterSummary } from '../../api/contract.ts';
import { Button } from '../kit/button.tsx';
import { cn } from '../kit/class-names.ts';
import { Menu, MenuItem, MenuLine } from '../kit/menu.tsx';
import { SwitchBadge } from '../switch/switch-badge.tsx';
import { useCluster } from './cluster-context.ts';

const pages = [
  { path: '', name: 'board' },
  { path: '/services', name: 'services' },
  { path: '/nodes', name: 'nodes' },
  { path: '/probe', name: 'probe' },
  { path: '/changes', name: 'changes' },
] as const;

/** Which cluster, and its pages. Only what exists is here. */
export function ClusterNavigation({ clusters }: { clusters: readonly ClusterSummary[] }) {
  const t = useTranslations('shell');
  const { view, topology, rolloutId, switchId } = useCluster();
  const pathname = usePathname();
  const root = `/clusters/${view.id}`;
  return (
    <>
      <ClusterMenu clusters={clusters} name={topology.name} />
      <nav
        aria-label={t('navigation')}
        className="flex gap-0.5 max-[720px]:order-last max-[720px]:-mx-2 max-[720px]:w-full max-[720px]:overflow-x-auto"
      >
        {pages.map(({ path, name }) => {
          const href = `${root}${path}`;
          const here = path === '' ? pathname === root : pathname.startsWith(href);
          return (
            <Link
              key={name}
              href={href}
              aria-current={here ? 'page' : undefined}
              className={cn(
                'rounded-md px-[11px] py-1.5 font-medium text-ink-2 hover:text-ink',
                here && 'bg-bg text-ink',
              )}
            >
              {t(name)}
            </Link>
          );
        })}
      </nav>
      <SwitchBadge />
      {rolloutId === null || switchId !== null ? null : (
        <Link
          href={`${root}/changes/${rolloutId}`}
          aria-label={t('toRollout')}
          className="flex items-center gap-1.5 rounded-md bg-selected px-2.5 py-1.5 font-medium text-nat"
        >
          <LoaderCircle className="size-3.5 animate-spin" aria-hidden />
          {t('applying')}
        </Link>
      )}
    </>
  );
}

function ClusterMenu({ clusters, name }: { clusters: readonly ClusterSummary[]; name: string }) {
  const t = useTranslations('shell');
  const router = useRouter();
  return (
    <Menu
      trigger={
        <Button
          className="max-w-52 font-normal max-[720px]:max-w-28"
          aria-label={t('switchCluster', { name })}
        >
          <span className="truncate">{name}</span>
          <ChevronDown className="size-3.5 shrink-0 text-ink-3" aria-hidden />
        </Button>
      }
    >
      {clusters.map((cluster) => (
        <MenuItem key={cluster.id} onSelect={() => router.push(`/clusters/${cluster.id}`)}>
          {cluster.name}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem onSelect={() => router.push('/clusters')}>{t('allClusters')}</MenuItem>
    </Menu>
  );
}
