'use client';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import { problemsAt } from '../editor/problems-at.ts';
import { parseWeight } from '../inspector/parse.ts';
import { cn } from '../kit/class-names.ts';
import { ParsedField } from '../kit/parsed-field.tsx';
import type { Row } from './rows.ts';

/** The weight of a destination, edited where it stands: a change of the draft like any other. */
export function WeightCell({ row }: { row: Extract<Row, { kind: 'destination' }> }) {
  const t = useTranslations('inspector');
  const { view, problems, mayEdit, edit } = useCluster();
  const { service, destination, nodeName } = row;
  if (!mayEdit) return destination.weight;
  const applied = view.applied?.topology.services
    .find(({ id }) => id === service.id)
    ?.destinations.find(({ id }) => id === destination.id);
  const changed = applied !== undefined && applied.weight !== destination.weight;
  const own = problemsAt(problems, 'services', service.id, 'destinations', destination.id, 'weight');
  return (
    <ParsedField
      label={t('weightOf', { name: nodeName })}
      labelHidden
      numeric
      className="ml-auto w-[58px] [&>div]:sr-only"
      inputClassName={cn(
        'min-h-6 border-transparent bg-transparent px-1.5 py-0 hover:border-line-3 focus:border-line-3',
        changed && 'border-warn bg-warn-bg font-semibold text-warn',
      )}
      value={destination.weight}
      format={String}
      parse={parseWeight}
      wrong={t('wrongWeight')}
      onChange={(weight) =>
        edit({
          kind: 'changeDestination',
          serviceId: service.id,
          destinationId: destination.id,
          change: { weight },
        })
      }
      problems={own}
    />
  );
}
