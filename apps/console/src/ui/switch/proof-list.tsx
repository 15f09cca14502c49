'use client';
import { Check, ChevronRight, Minus, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { SwitchProof } from '../../api/switch-contract.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { nodeName } from '../cluster/node-name.ts';
import { arpState, proofCount, type ProofRow, proofRows } from './proof-rows.ts';

/** So many real servers are shown without being asked for. */
const SHOWN = 6;

/** What was tried before the flip: a request by the new way through every real server, and who answers ARP. */
export function ProofList({ proofs, running }: { proofs: readonly SwitchProof[]; running: boolean }) {
  const t = useTranslations('switching');
  const rows = proofRows(proofs);
  const { answered, of, failed } = proofCount(proofs);
  const arp = arpState(proofs);
  return (
    <details className="group mt-1" open={failed > 0 || (running && rows.length <= SHOWN)}>
      <summary className="flex w-fit list-none items-center gap-1 text-small text-ink-2 [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-3.5 group-open:rotate-90" aria-hidden />
        {t('proven', { answered: String(answered), of })}
      </summary>
      <div
        className="mt-1 max-h-56 overflow-y-auto rounded-md bg-bg px-2.5 py-1"
        tabIndex={0}
        role="region"
        aria-label={t('proofs')}
      >
        <ul>
          {rows.map((row) => (
            <ServerProof key={row.nodeId} row={row} />
          ))}
          {arp === null ? null : <ProofLine name={t('arp')} state={arp} word={t(arpWords[arp])} />}
        </ul>
      </div>
    </details>
  );
}

const arpWords = { proven: 'arpSilent', failed: 'arpLeaks', notTried: 'notTried' } as const;

function ServerProof({ row }: { row: ProofRow }) {
  const t = useTranslations('switching');
  const { view, topology } = useCluster();
  const { state, milliseconds, tries } = row;
  const words = {
    proven:
      milliseconds === null
        ? t('answers')
        : t('answered', { value: milliseconds.toFixed(milliseconds < 10 ? 1 : 0) }),
    failed: t('noAnswer'),
    notTried: t('notTried'),
  };
  return (
    <ProofLine
      name={nodeName(topology, view, row.nodeId)}
      hint={tries > 1 ? t('tries', { count: tries }) : null}
      state={state}
      word={words[state]}
    />
  );
}

const icons = {
  proven: { icon: Check, look: 'text-ok' },
  failed: { icon: X, look: 'text-bad' },
  notTried: { icon: Minus, look: 'text-ink-3' },
} as const;

interface ProofLineProps {
  readonly name: string;
  readonly hint?: string | null;
  readonly state: SwitchProof['state'];
  readonly word: string;
}

function ProofLine({ name, hint = null, state, word }: ProofLineProps) {
  const { icon: Icon, look } = icons[state];
  return (
    <li className="flex items-center gap-2 py-0.5">
      <Icon className={`size-3 shrink-0 ${look}`} aria-hidden />
      <span className="min-w-0 flex-1 truncate">
        {name}
        {hint === null ? null : <span className="text-ink-3"> · {hint}</span>}
      </span>
      <span className={state === 'failed' ? 'font-medium text-bad' : 'text-ink-2'}>{word}</span>
    </li>
  );
}
