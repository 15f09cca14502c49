import { useLocale } from 'use-intl';
import type { SwitchView } from '../../api/switch-contract.ts';
import { problemText } from '../../messages/problem-text.ts';
import { useSaid } from '../kit/said.ts';

/** Why a switch went back or is held, by its rule where it is one of those the stages found. */
export function useFailureText({ stages }: Pick<SwitchView, 'stages'>): (failure: string) => string {
  const locale = useLocale();
  const said = useSaid();
  const problems = stages.flatMap((stage) => stage.problems);
  return (failure) => {
    const problem = problems.find(({ message }) => message === failure);
    return problem ? problemText(locale, problem) : said(failure);
  };
}
