'use client';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ClusterSummary } from '../../api/contract.ts';
import { useTRPC } from '../../trpc/client.ts';
import { Button } from '../kit/button.tsx';
import { Empty } from '../kit/empty.tsx';
import { Field } from '../kit/field.tsx';
import { useSaid } from '../kit/said.ts';
import { useMayEdit } from '../shell/operator.tsx';

export function ClusterList({ clusters }: { clusters: readonly ClusterSummary[] }) {
  const t = useTranslations('clusters');
  const mayEdit = useMayEdit();
  return (
    <main id="content" className="mx-auto w-full max-w-3xl px-5 py-6">
      <h1 className="mb-4 text-[18px] font-[650] tracking-[-0.015em]">{t('title')}</h1>
      {clusters.length === 0 ? (
        <div className="rounded-xl border border-line bg-panel">
          <Empty title={t('emptyTitle')} actions={mayEdit ? <NewCluster /> : null}>
            <p>{t('emptyText')}</p>
            {mayEdit ? null : <p className="mt-2">{t('cannotCreate')}</p>}
          </Empty>
        </div>
      ) : (
        <>
          <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-panel">
            {clusters.map((cluster) => (
              <li key={cluster.id}>
                <Link
                  href={`/clusters/${cluster.id}`}
                  className="flex items-center gap-4 px-5 py-3 -outline-offset-2 hover:bg-bg"
                >
                  <span className="font-semibold">{cluster.name}</span>
                  <span className="ml-auto text-ink-2">{t('nodes', { count: cluster.nodes })}</span>
                  <span className="w-40 text-right text-ink-2">
                    {t('services', { count: cluster.services })}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
          {mayEdit ? (
            <div className="mt-5 rounded-xl border border-line bg-panel px-5 py-4">
              <h2 className="mb-2 font-semibold">{t('newOne')}</h2>
              <NewCluster />
            </div>
          ) : null}
        </>
      )}
    </main>
  );
}

function NewCluster() {
  const t = useTranslations('clusters');
  const said = useSaid();
  const router = useRouter();
  const trpc = useTRPC();
  const [name, setName] = useState('');
  const create = useMutation(
    trpc.clusters.create.mutationOptions({ onSuccess: ({ id }) => router.push(`/clusters/${id}`) }),
  );
  const busy = create.isPending || create.isSuccess;
  return (
    <form
      className="flex w-full max-w-md flex-wrap items-start gap-2 text-left"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ name });
      }}
    >
      <Field
        label={t('name')}
        hint={t('nameHint')}
        wrong={create.error ? said(create.error) : null}
        className="flex-1"
      >
        {(control) => (
          <input
            {...control}
            required
            maxLength={64}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" look="primary" className="mt-[22px]" disabled={busy || name.trim() === ''}>
        {busy ? t('creating') : t('create')}
      </Button>
    </form>
  );
}
