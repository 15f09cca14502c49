'use client';
import { parseCidr } from '@signalbox/cluster';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import { newNetwork, randomId } from '../editor/new-things.ts';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { Field } from '../kit/field.tsx';

export function NewNetworkDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations();
  const { topology, edit } = useCluster();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(false);
  const cidr = parseCidr(text.trim());
  const create = () => {
    setAsked(true);
    if (!cidr) return;
    edit({ kind: 'addNetwork', network: newNetwork(topology, cidr, randomId) });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('inspector.newNetworkTitle')}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" onClick={create}>
            {t('inspector.create')}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <Field
          label={t('inspector.range')}
          hint={t('inspector.cidrsHint')}
          wrong={asked && !cidr ? t('inspector.wrongCidrs') : null}
        >
          {(control) => (
            <input
              {...control}
              className={`${control.className} mono`}
              autoComplete="off"
              spellCheck={false}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
