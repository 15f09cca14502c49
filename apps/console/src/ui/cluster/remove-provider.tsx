'use client';
import type { TopologyChange } from '@signalbox/cluster';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Thing } from '../editor/edit.ts';
import { goesWith } from '../editor/removal.ts';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { ChangeList } from './change-list.tsx';
import { useCluster } from './cluster-context.ts';

type Remove = (thing: Thing, name: string) => void;

const Context = createContext<Remove>(() => undefined);

interface Asked {
  readonly thing: Thing;
  readonly name: string;
  readonly along: readonly TopologyChange[];
}

/** Takes things out of the drawing; asks first when something else would go with them. */
export function RemoveProvider({ children }: { children: ReactNode }) {
  const t = useTranslations();
  const { topology, edit } = useCluster();
  const [asked, setAsked] = useState<Asked | null>(null);
  const remove: Remove = (thing, name) => {
    const along = goesWith(topology, thing);
    if (along.length === 0) edit({ kind: 'remove', what: thing });
    else setAsked({ thing, name, along });
  };
  const close = () => setAsked(null);
  return (
    <Context.Provider value={remove}>
      {children}
      {asked === null ? null : (
        <Dialog
          open
          onClose={close}
          title={t('editor.removeTitle', { name: asked.name })}
          actions={
            <>
              <Button onClick={close}>{t('common.cancel')}</Button>
              <Button
                look="danger"
                onClick={() => {
                  edit({ kind: 'remove', what: asked.thing });
                  close();
                }}
              >
                {t('common.remove')}
              </Button>
            </>
          }
        >
          <p className="mb-2">{t('editor.removeText')}</p>
          <ChangeList changes={asked.along} />
        </Dialog>
      )}
    </Context.Provider>
  );
}

export const useRemove = (): Remove => useContext(Context);
