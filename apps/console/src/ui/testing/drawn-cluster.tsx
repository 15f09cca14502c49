import { problemsOf, type Topology } from '@signalbox/cluster';
import { type ReactNode, useReducer } from 'react';
import { ClusterContext } from '../cluster/cluster-context.ts';
import { openDraft, reduceDraft } from '../editor/draft.ts';
import { InLanguage } from './in-language.tsx';

/** A cluster of which nothing is applied, in which edits of the test are seen. */
export function DrawnCluster({
  drawing,
  children,
}: {
  drawing: Topology;
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
    applied: null,
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
