'use client';
import type { ReactNode } from 'react';
import type { ClusterSummary } from '../../api/contract.ts';
import type { Answers } from '../../trpc/answers.ts';
import { ProbeProvider } from '../probe/probe-provider.tsx';
import { SwitchProvider } from '../switch/switch-provider.tsx';
import { UnreadableFields } from '../kit/unreadable.tsx';
import { TopBar } from '../shell/top-bar.tsx';
import { ClusterNavigation } from './cluster-navigation.tsx';
import { ClusterProvider } from './cluster-provider.tsx';
import { LiveProvider } from './live-provider.tsx';
import { RemoveProvider } from './remove-provider.tsx';

interface ClusterFrameProps {
  readonly view: Answers['clusters']['get'];
  readonly clusters: readonly ClusterSummary[];
  readonly children: ReactNode;
}

/** Everything around the pages of one cluster. */
export function ClusterFrame({ view, clusters, children }: ClusterFrameProps) {
  return (
    <LiveProvider clusterId={view.id}>
      <UnreadableFields>
        <ClusterProvider initial={view}>
          <SwitchProvider>
            <ProbeProvider>
              <RemoveProvider>
                <div className="flex h-full flex-col">
                  <TopBar>
                    <ClusterNavigation clusters={clusters} />
                  </TopBar>
                  {children}
                </div>
              </RemoveProvider>
            </ProbeProvider>
          </SwitchProvider>
        </ClusterProvider>
      </UnreadableFields>
    </LiveProvider>
  );
}
