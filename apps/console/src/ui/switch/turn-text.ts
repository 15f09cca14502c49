import { useTranslations } from 'use-intl';
import { cameFrom } from '../../api/came-from.ts';
import type { SwitchTurn, SwitchView } from '../../api/switch-contract.ts';
import { useFailureText } from './use-failure-text.ts';
import { useWayName } from './way-name.ts';

type Turned = Pick<SwitchView, 'services' | 'to' | 'stages' | 'state' | 'failure' | 'turns'>;

/** Turns that nothing else on the page tells: the last one's reason is said as that of the whole switch. */
export const turnsToTell = ({
  turns,
  failure,
}: Pick<SwitchView, 'turns' | 'failure'>): readonly SwitchTurn[] =>
  failure !== null && turns.at(-1)?.why === failure ? turns.slice(0, -1) : turns;

/** "went back to NAT by itself: …" */
export function useTurnText(view: Turned): (turn: SwitchTurn) => string {
  const t = useTranslations('switching');
  const wayName = useWayName();
  const failureText = useFailureText(view);
  const from = cameFrom(view);
  return ({ kind, by, why }) => {
    if (kind === 'on') return t('turnedOn', { way: wayName(view.to), name: by ?? '' });
    const way = wayName(from);
    return by === null
      ? t('turnedBackItself', { way, why: failureText(why ?? '') })
      : t('turnedBack', { way, name: by });
  };
}

/** What to know of a switch besides how it ended: why it went back, also when it went on later. Null: nothing. */
export function useSwitchNote(view: Turned): string | null {
  const t = useTranslations('switching');
  const failureText = useFailureText(view);
  const turnText = useTurnText(view);
  if (view.failure !== null) return failureText(view.failure);
  const back = view.turns.filter(({ kind }) => kind === 'back');
  const last = back.at(-1);
  if (last === undefined) return null;
  if (view.state === 'wentBack') return turnText(last);
  return t('hadGoneBack', { count: back.length, last: turnText(last) });
}
