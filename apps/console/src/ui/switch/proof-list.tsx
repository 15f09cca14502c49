'use client';
import { Check, ChevronRight, Minus, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { SwitchProof } from '../../api/switch-contract.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { nodeName } from '../cluster/node-name.ts';
import { hasFailed, type ProofCell, proofCount, proofRows } from './proof-rows.ts';

/** So many real servers are shown without being asked for. */
const SHOWN = 4;

/** What was tried before the flip, per real server: a request by the new way, ARP, a listener. */
export function ProofList({ proofs, running }: { proofs: readonly SwitchProof[]; running: boolean }) {
  const t = useTranslations('switching');
  const rows = proofRows(proofs);
  const { servers, tried, of, failed } = proofCount(proofs);
  return (
    <details className="group mt-1" open={failed > 0 || (running && rows.length <= SHOWN)}>
      <summary className="flex w-fit list-none items-center gap-1 text-small text-ink-2 [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-3.5 group-open:rotate-90" aria-hidden />
        {failed > 0
          ? t('provenFailed', { count: failed })
          : running && tried < of
            ? t('provenSome', { done: String(tried), of: String(of) })
            : t('provenAll', { count: servers })}
      </summary>
      {/* Scrolled by keyboard too. */}
      <div
        className="mt-1 max-h-56 overflow-y-auto rounded-md bg-bg px-2.5 py-1"
        tabIndex={0}
        role="region"
        aria-label={t('proofs')}
      >
        <table className="w-full" aria-label={t('proofs')}>
          <thead className="text-tiny text-ink-3">
            <tr>
              <th scope="col" className="py-0.5 text-left font-medium">
                {t('realServer')}
              </th>
              <th scope="col" className="py-0.5 text-left font-medium">
                {t('canary')}
              </th>
              <th scope="col" className="py-0.5 text-left font-medium">
                {t('arp')}
              </th>
              <th scope="col" className="py-0.5 text-left font-medium">
                {t('listener')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <ProofRowCells key={row.nodeId} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function ProofRowCells({ row }: { row: ReturnType<typeof proofRows>[number] }) {
  const t = useTranslations('switching');
  const { view, topology } = useCluster();
  const { canary, arp, listener } = row;
  const ms = canary?.milliseconds ?? null;
  return (
    <tr className={hasFailed(row) ? 'text-bad' : undefined}>
      <th scope="row" className="max-w-28 truncate py-0.5 text-left font-normal">
        {nodeName(topology, view, row.nodeId)}
      </th>
      <ProofWord
        cell={canary}
        proven={ms === null ? t('proven') : t('answered', { value: ms.toFixed(ms < 10 ? 1 : 0) })}
        failed={t('proofFailed')}
      />
      <ProofWord cell={arp} proven={t('silent')} failed={t('leaks')} />
      <ProofWord cell={listener} proven={t('proven')} failed={t('proofFailed')} />
    </tr>
  );
}

const icons = {
  proven: { icon: Check, look: 'text-ok' },
  failed: { icon: X, look: 'text-bad' },
  notTried: { icon: Minus, look: 'text-ink-3' },
} as const;

interface ProofWordProps {
  readonly cell: ProofCell | null;
  readonly proven: string;
  readonly failed: string;
}

function ProofWord({ cell, proven, failed }: ProofWordProps) {
  const t = useTranslations('switching');
  if (cell === null) return <td className="text-ink-3">–</td>;
  const { icon: Icon, look } = icons[cell.state];
  const words = { proven, failed, notTried: t('notTried') };
  return (
    <td className="py-0.5 whitespace-nowrap">
      <span className="inline-flex items-center gap-1">
        <Icon className={`size-3 ${look}`} aria-hidden />
        {words[cell.state]}
      </span>
    </td>
  );
}
