'use client';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useCallback, useDeferredValue, useState } from 'react';
import { useTranslations } from 'use-intl';
import { NewServiceDialog } from '../board/new-service-dialog.tsx';
import { useCluster } from '../cluster/cluster-context.ts';
import { DraftBar } from '../cluster/draft-bar.tsx';
import { StateLine } from '../cluster/state-line.tsx';
import { Button } from '../kit/button.tsx';
import { Empty } from '../kit/empty.tsx';
import { Field } from '../kit/field.tsx';
import { Segmented } from '../kit/segmented.tsx';
import { rateColumns, totalColumns } from './columns.ts';
import { ServicesTable } from './services-table.tsx';
import { useTableState } from './table-state.ts';

/** So many services are open at first; of more, only their own lines are shown. */
const OPEN_AT_FIRST = 20;

export function ServicesPage() {
  const t = useTranslations();
  const router = useRouter();
  const { view, topology, mayEdit } = useCluster();
  const [filter, setFilter] = useState('');
  const deferredFilter = useDeferredValue(filter);
  const [figures, setFigures] = useState<'rates' | 'totals'>('rates');
  const [adding, setAdding] = useState(false);
  const ids = topology.services.map(({ id }) => id);
  const { expanded, setExpanded, toggle, sort, sortBy } = useTableState(() =>
    ids.length <= OPEN_AT_FIRST ? ids : [],
  );
  const allOpen = expanded.size >= ids.length;
  const open = useCallback(
    (serviceId: string) => router.push(`/clusters/${view.id}?service=${serviceId}`),
    [router, view.id],
  );
  return (
    <main id="content" className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2 px-5 pt-3.5 pb-3">
        <div>
          <h1 className="text-[18px] leading-tight font-[650] tracking-[-0.015em]">{t('services.title')}</h1>
          <StateLine />
        </div>
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <Field label={t('services.filter')} labelHidden>
            {(control) => (
              <input
                {...control}
                type="search"
                className={`${control.className} w-64`}
                placeholder={t('services.filterHint')}
                value={filter}
                onChange={(event) => setFilter(event.target.value)}
              />
            )}
          </Field>
          <Segmented
            name={t('services.show')}
            value={figures}
            onChange={setFigures}
            options={[
              { value: 'rates', label: t('services.rates') },
              { value: 'totals', label: t('services.totals') },
            ]}
          />
          <Button onClick={() => setExpanded(new Set(allOpen ? [] : ids))}>
            {t(allOpen ? 'services.collapseAll' : 'services.expandAll')}
          </Button>
          {mayEdit ? (
            <Button onClick={() => setAdding(true)}>
              <Plus className="size-3.5" aria-hidden />
              {t('services.add')}
            </Button>
          ) : null}
        </div>
      </div>
      <div className="relative min-h-0 flex-1 border-t border-line bg-panel">
        {ids.length === 0 ? (
          <Empty
            title={t('board.noServiceTitle')}
            actions={
              mayEdit ? (
                <Button onClick={() => setAdding(true)}>{t('inspector.newServiceTitle')}</Button>
              ) : null
            }
          >
            {t('board.noServiceText')}
          </Empty>
        ) : (
          <ServicesTable
            columns={figures === 'rates' ? rateColumns : totalColumns}
            filter={deferredFilter}
            sort={sort}
            onSort={sortBy}
            expanded={expanded}
            onToggle={toggle}
            onOpen={open}
            selected={null}
          />
        )}
      </div>
      <DraftBar>
        <span className="text-ink-3">
          {t(figures === 'rates' ? 'services.ratesHint' : 'services.totalsHint')}
        </span>
      </DraftBar>
      {adding ? <NewServiceDialog onClose={() => setAdding(false)} onCreated={open} /> : null}
    </main>
  );
}
