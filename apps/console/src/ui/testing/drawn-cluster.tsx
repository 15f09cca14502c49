import { problemsOf, type Topology } from '@signalbox/cluster';
import { type ReactNode, useReducer } from 'react';
import { ClusterContext } from '../cluster/cluster-context.ts';
import { openDraft, reduceDraft } from '../editor/draft.ts';
import { InLanguage } from './in-language.tsx';

/** A cluster in which edits of the test are seen; nothing of it is applied unless the test says what. */
export function DrawnCluster({
  drawing,
  applied = null,
  children,
}: {
  drawing: Topology;
  applied?: Topology | null;
  children: (topology: Topology) => ReactNode;
}) {
  const [draft, act] = useReducer(reduceDraft, openDraft({ revision: 1, topology: drawing }));
  const { topology } = draft;
  const problems = problemsOf(topology);
  const view = {
    id: 'cluster',
    revision: 1,
    topology: drawing,
    problems,
    applied: applied && { revision: 1, at: '2030-01-01T00:00:00.000Z', by: 'Ada', topology: applied },
    changes: [],
    rolloutId: null,
    switchId: null,
  };
  return (
    <InLanguage>
      <ClusterContext.Provider
        value={{
          view,
          draft,
          topology,
          problems,
          changes: [],
          unsaved: 0,
          rolloutId: null,
          switchId: null,
          overtakenBy: null,
          mayEdit: true,
          edit: (edit) => act({ kind: 'edit', edit }),
          act,
          save: () => Promise.resolve(true),
          saving: false,
        }}
      >
        {children(topology)}
      </ClusterContext.Provider>
    </InLanguage>
  );
}
