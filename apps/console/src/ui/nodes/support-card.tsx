'use client';
import type { KernelSupport } from '@signalbox/cluster';
import { useTranslations } from 'use-intl';
import { formatCount } from '../figures/format.ts';
import { Fact, Facts } from '../inspector/facts.tsx';
import { CopyButton } from '../kit/copy-button.tsx';
import { LampWord } from '../kit/lamp.tsx';
import { Notice } from '../kit/notice.tsx';
import { useSaid } from '../kit/said.ts';
import { Card } from './card.tsx';

/** Is IPVS supported on this host? And if not, how to get it. */
export function SupportCard({ support, stale }: { support: KernelSupport; stale: boolean }) {
  const t = useTranslations('nodes');
  const said = useSaid();
  const { ipvs, conntrack, connectionTableSize } = support;
  return (
    <Card title={t('support')} stale={stale}>
      <Facts wide>
        <Fact name={t('kernel')}>
          <span className="mono">{support.kernelRelease}</span>
        </Fact>
        <Fact name={t('ipvs')}>
          <Ipvs ipvs={ipvs} />
        </Fact>
        <Fact name={t('schedulers')}>
          <Schedulers schedulers={support.schedulers} />
        </Fact>
        <Fact name={t('conntrack')}>{conntrack === null ? t('unknown') : t(conntrack ? 'on' : 'off')}</Fact>
        <Fact name={t('tableSize')}>
          {connectionTableSize === null
            ? t('unknown')
            : t('tableSizeOf', { count: formatCount(connectionTableSize) })}
        </Fact>
      </Facts>
      {ipvs.kind === 'missing' ? (
        <div className="mt-3">
          <Notice
            tone="warn"
            title={said(ipvs.reason)}
            actions={<CopyButton text={ipvs.remedy} name={t('remedyCommand')} />}
          >
            {t('remedy')}: <code className="mono text-ink">{said(ipvs.remedy)}</code>
          </Notice>
        </div>
      ) : null}
    </Card>
  );
}

function Ipvs({ ipvs }: Pick<KernelSupport, 'ipvs'>) {
  const t = useTranslations('nodes');
  switch (ipvs.kind) {
    case 'builtIn':
    case 'module':
      return <LampWord state="ok">{t(ipvs.kind, { version: ipvs.version })}</LampWord>;
    case 'missing':
      return <LampWord state="bad">{t('missing')}</LampWord>;
  }
}

const words = {
  loaded: 'schedulerLoaded',
  loadable: 'schedulerLoadable',
  missing: 'schedulerMissing',
} as const;

/** By what can be said of them: loaded ones first. */
function Schedulers({ schedulers }: Pick<KernelSupport, 'schedulers'>) {
  const t = useTranslations('nodes');
  if (schedulers.length === 0) return '–';
  return (['loaded', 'loadable', 'missing'] as const).map((state) => {
    const names = schedulers.filter((one) => one.state === state).map(({ name }) => name);
    return names.length === 0 ? null : (
      <div key={state}>
        <span className="mono">{names.join(' ')}</span> <span className="text-ink-3">{t(words[state])}</span>
      </div>
    );
  });
}
