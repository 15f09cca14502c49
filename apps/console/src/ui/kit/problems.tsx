import type { Problem } from '@signalbox/cluster';
import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useLocale, useTranslations } from 'use-intl';
import { problemText } from '../../messages/problem-text.ts';
import { cn } from './class-names.ts';

/** Problems as sentences, worst first. Colour, icon and a word for those who see neither. */
export function Problems({ problems }: { problems: readonly Problem[] }) {
  const t = useTranslations('common');
  const locale = useLocale();
  if (problems.length === 0) return null;
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  return (
    <ul className="flex flex-col gap-1">
      {[...errors, ...warnings].map((problem) => {
        const bad = problem.severity === 'error';
        const Icon = bad ? CircleAlert : TriangleAlert;
        return (
          <li
            key={`${problem.code} ${problem.path.join('/')} ${problem.message}`}
            className={cn('flex gap-1.5 text-small', bad ? 'text-bad' : 'text-warn')}
          >
            <Icon
              className="mt-[3px] size-3.5 shrink-0"
              aria-label={bad ? t('error') : t('warning')}
              role="img"
            />
            <span className="min-w-0 [overflow-wrap:anywhere]">{problemText(locale, problem)}</span>
          </li>
        );
      })}
    </ul>
  );
}
