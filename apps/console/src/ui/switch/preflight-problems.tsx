'use client';
import type { SwitchProblem } from '@signalbox/cluster';
import { useTranslations } from 'use-intl';
import { CopyButton } from '../kit/copy-button.tsx';
import { Problems } from '../kit/problems.tsx';

/** Problems with the line to type that puts each right, where one does. Worst first. */
export function PreflightProblems({ problems }: { problems: readonly SwitchProblem[] }) {
  const t = useTranslations('review');
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  return (
    <div className="flex flex-col gap-1.5">
      {[...errors, ...warnings].map((problem) => (
        <div key={`${problem.code} ${problem.path.join('/')} ${problem.message}`}>
          <Problems problems={[problem]} />
          {problem.fix === null ? null : (
            <div className="mt-1 ml-5 flex items-center gap-1 rounded-md bg-bg py-0.5 pr-1 pl-2.5">
              <code className="mono min-w-0 flex-1 [overflow-wrap:anywhere] text-ink-2">{problem.fix}</code>
              <CopyButton text={problem.fix} name={t('copyCommand')} />
            </div>
          )}
        </div>
      ))}
    </div>
  );
}
