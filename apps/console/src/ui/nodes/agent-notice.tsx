'use client';
import type { Node } from '@signalbox/cluster';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { CertificateNotice, JoinCommand, NodeAnswer } from '../../api/contract.ts';
import { useTRPC } from '../../trpc/client.ts';
import { useAgeText, useConsoleNow } from '../cluster/ages.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { useHost } from '../cluster/live-provider.tsx';
import { Button } from '../kit/button.tsx';
import { CopyButton } from '../kit/copy-button.tsx';
import { Notice } from '../kit/notice.tsx';
import { useSaid } from '../kit/said.ts';

interface AgentNoticeProps {
  readonly node: Node;
  readonly answer: NodeAnswer | null;
  /** The console knows the node: drafts it has not seen cannot join. */
  readonly saved: boolean;
}

/** What is the matter with a node's agent, and what to do: nothing while all is well. */
export function AgentNotice({ node, answer, saved }: AgentNoticeProps) {
  const t = useTranslations('nodes');
  const said = useSaid();
  const host = useHost(node.id);
  if (node.agent === null) return <Notice title={t('noAgentTitle')}>{t('noAgentText')}</Notice>;
  if (!saved) return <Notice title={t('joinTitle')}>{t('joinUnsaved')}</Notice>;
  const kind = host?.agent.kind ?? answer?.kind;
  if (kind === 'notEnrolled') return <Join node={node} />;
  if (kind !== 'unreachable')
    return answer?.kind === 'answers' && answer.certificate ? (
      <Unrenewed node={node} certificate={answer.certificate} />
    ) : null;
  const message =
    host?.agent.kind === 'unreachable'
      ? host.agent.message
      : answer?.kind === 'unreachable'
        ? answer.message
        : '';
  return (
    <Notice tone="bad" title={t('lostTitle', { name: node.name })}>
      {t('lostText', { message: said(message) })} {host?.reading ? null : t('neverSeen')}
    </Notice>
  );
}

function Unrenewed({ node, certificate }: { node: Node; certificate: CertificateNotice }) {
  const t = useTranslations('nodes');
  const said = useSaid();
  const left = Date.parse(certificate.endsAt) - useConsoleNow();
  const days = Math.max(0, Math.floor(left / 86_400_000));
  return (
    <Notice tone="warn" title={t('certificateTitle', { name: node.name, days })}>
      {t('certificateText', { problem: said(certificate.problem) })}
    </Notice>
  );
}

function Join({ node }: { node: Node }) {
  const t = useTranslations('nodes');
  const said = useSaid();
  const trpc = useTRPC();
  const { view, mayEdit } = useCluster();
  const join = useMutation(trpc.nodes.join.mutationOptions());
  const make = () => join.mutate({ clusterId: view.id, nodeId: node.id });
  return (
    <Notice
      tone="warn"
      title={t('joinTitle')}
      actions={
        mayEdit ? (
          <Button look={join.data ? 'plain' : 'primary'} disabled={join.isPending} onClick={make}>
            {t(join.data ? 'joinAgain' : 'joinMake')}
          </Button>
        ) : null
      }
    >
      {mayEdit ? t('joinText') : t('joinViewer')}
      {join.error ? (
        <p role="alert" className="mt-2 text-bad">
          {said(join.error)}
        </p>
      ) : null}
      {join.data ? <Command join={join.data} /> : null}
    </Notice>
  );
}

/** The command with what is left of its time, by the console's clock. */
function Command({ join }: { join: JoinCommand }) {
  const t = useTranslations('nodes');
  const age = useAgeText();
  const left = Date.parse(join.expiresAt) - useConsoleNow();
  if (left <= 0)
    return (
      <p role="status" className="mt-2 font-semibold text-bad">
        {t('joinExpired')}
      </p>
    );
  return (
    <div className="mt-2">
      <div className="flex items-start gap-2 rounded-md border border-line bg-panel px-2.5 py-1.5 text-ink">
        <code className="mono min-w-0 flex-1 [overflow-wrap:anywhere]">{join.command}</code>
        <CopyButton text={join.command} name={t('joinCommand')} />
      </div>
      <p className="mt-1">{t('joinExpires', { age: age(left) })}</p>
    </div>
  );
}
