'use client';
import type { VirtualService } from '@signalbox/cluster';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import type { Edit } from '../editor/edit.ts';
import { problemsAt } from '../editor/problems-at.ts';
import { ParsedField } from '../kit/parsed-field.tsx';
import { SelectField } from '../kit/select-field.tsx';
import { parseNetmask, parseTimeout } from './parse.ts';

interface PersistenceFormProps {
  readonly service: VirtualService;
  readonly onChange: (change: Extract<Edit, { kind: 'changeService' }>['change']) => void;
}

const NO_ENGINE = 'none';
/** One client, one destination: what ipvsadm -p without -M means. */
const WHOLE_ADDRESS = '255.255.255.255';

/** Whether a client comes back to the same real server: for how long, how wide, and by what. */
export function PersistenceForm({ service, onChange }: PersistenceFormProps) {
  const t = useTranslations('inspector');
  const { problems } = useCluster();
  const { persistence } = service;
  const problemsOf = (...field: string[]) =>
    problemsAt(problems, 'services', service.id, 'persistence', ...field);
  return (
    <div className="grid grid-cols-2 items-start gap-3">
      <ParsedField
        label={t('persistenceTimeout')}
        hint={t('persistenceHint')}
        mono
        numeric
        value={persistence?.timeoutSeconds ?? null}
        format={(seconds) => (seconds === null ? '' : String(seconds))}
        parse={parseTimeout}
        wrong={t('wrongTimeout')}
        onChange={(timeoutSeconds) =>
          onChange({
            persistence:
              timeoutSeconds === null
                ? null
                : { netmask: WHOLE_ADDRESS, engine: null, ...persistence, timeoutSeconds },
          })
        }
        problems={problemsOf()}
      />
      {persistence === null ? null : (
        <>
          <ParsedField
            label={t('netmask')}
            hint={t('netmaskHint')}
            mono
            value={persistence.netmask}
            format={String}
            parse={parseNetmask}
            wrong={t('wrongNetmask')}
            onChange={(netmask) => onChange({ persistence: { ...persistence, netmask } })}
            problems={problemsOf('netmask')}
          />
          <SelectField
            className="col-span-2"
            label={t('engine')}
            value={persistence.engine ?? NO_ENGINE}
            options={[
              { value: NO_ENGINE, label: t('engineNone') },
              { value: 'sip', label: t('engineSip') },
            ]}
            onChange={(engine) =>
              onChange({ persistence: { ...persistence, engine: engine === NO_ENGINE ? null : engine } })
            }
            problems={problemsOf('engine')}
          />
        </>
      )}
    </div>
  );
}
