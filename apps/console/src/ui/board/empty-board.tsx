'use client';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import type { Selection } from '../cluster/selection.ts';
import { exampleEdits } from '../editor/example.ts';
import { newNode, randomId } from '../editor/new-things.ts';
import { Button } from '../kit/button.tsx';
import { Empty } from '../kit/empty.tsx';
import { order } from './layout.ts';

/** An empty board teaches: what goes where, and a first step. */
export function EmptyBoard({ onSelect }: { onSelect: (selection: Selection) => void }) {
  const t = useTranslations('board');
  const kinds = useTranslations('kind');
  const { topology, mayEdit, edit } = useCluster();
  return (
    <div className="flex h-full items-center justify-center overflow-auto">
      <Empty
        title={t('emptyTitle')}
        actions={
          mayEdit ? (
            <>
              <Button
                look="primary"
                onClick={() => {
                  for (const one of exampleEdits(randomId)) edit(one);
                }}
              >
                {t('startExample')}
              </Button>
              {order.map((kind) => (
                <Button
                  key={kind}
                  onClick={() => {
                    const node = newNode(topology, kind, randomId);
                    edit({ kind: 'addNode', node });
                    onSelect({ kind: 'node', id: node.id });
                  }}
                >
                  + {kinds(kind)}
                </Button>
              ))}
            </>
          ) : null
        }
      >
        {t(mayEdit ? 'emptyText' : 'emptyViewer')}
      </Empty>
    </div>
  );
}
