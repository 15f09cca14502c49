// What a switch means for who looks at it: which ways it is between, and what may be done now. Pure.
import { type ForwardingMethod, isEndStep } from '@signalbox/cluster';
import { cameFrom } from '../../api/came-from.ts';
import type { SwitchCommand, SwitchView } from '../../api/switch-contract.ts';

export interface Ways {
  /** The way that new connections take. */
  readonly current: ForwardingMethod | null;
  /** The way that is kept for the old ones, or made ready. */
  readonly other: ForwardingMethod | null;
}

export function waysOf(view: Pick<SwitchView, 'services' | 'to' | 'step'>): Ways {
  const from = cameFrom(view);
  const flipped = view.step === 'flipped' || view.step === 'done';
  return flipped ? { current: view.to, other: from } : { current: from, other: view.to };
}

/** The way whose connections are waited for and whose half is retired: where it came from, or after a way back where it went. */
export const retiredWay = (
  view: Pick<SwitchView, 'services' | 'to' | 'step' | 'flippedAt'>,
): ForwardingMethod | null => (view.flippedAt === null ? cameFrom(view) : waysOf(view).other);

export const isAtEnd = ({ state }: Pick<SwitchView, 'state'>): boolean =>
  state === 'done' || state === 'wentBack';

/** Whether the old way is down, and only the director still remembers connections of it that were cut. */
export const isForgetting = <View extends Pick<SwitchView, 'state' | 'step' | 'forgottenAt'>>(
  view: View,
): view is View & { readonly forgottenAt: string } =>
  view.state === 'retiring' && isEndStep(view.step) && view.forgottenAt !== null;

export interface Control {
  readonly command: SwitchCommand;
  readonly label: 'abort' | 'goBack' | 'goOn' | 'confirmFlip' | 'tryNow' | 'keepBoth' | 'drainNow' | 'cutNow';
  /** The way that the label names. */
  readonly way: ForwardingMethod | null;
  /** Connections break: asked again first. */
  readonly cuts: boolean;
}

/** What an operator may do with a switch now, the mildest last. */
export function controlsOf(
  view: Pick<SwitchView, 'state' | 'step' | 'services' | 'to' | 'flippedAt'>,
): Control[] {
  const from = cameFrom(view);
  const { current, other } = waysOf(view);
  const flipped = current === view.to && view.step !== 'from';
  const control = (command: SwitchCommand, label: Control['label'], way: Control['way']): Control => ({
    command,
    label,
    way,
    cuts: command === 'cutNow',
  });
  const goBack = control('goBack', flipped ? 'goBack' : 'abort', from);
  const goOn = control('goOn', 'goOn', view.to);
  const keepBoth = control('keepBoth', 'keepBoth', null);
  switch (view.state) {
    case 'walking':
      return [goBack];
    case 'confirming':
      return [goBack, control('confirm', 'confirmFlip', view.to)];
    case 'draining': {
      const cut = control('cutNow', 'cutNow', other);
      return flipped ? [cut, keepBoth, goBack] : [cut, keepBoth, goOn];
    }
    case 'warm':
      // Before a flip no connection uses the other way: there is nothing to let finish.
      if (view.flippedAt === null) return [goBack, goOn];
      return [control('drain', 'drainNow', other), flipped ? goBack : goOn];
    case 'held':
      return [...(view.step === 'from' ? [] : [goBack]), control('goOn', 'tryNow', null)];
    case 'retiring':
    case 'goingBack':
    case 'done':
    case 'wentBack':
      return [];
  }
}

export interface DrainProgress {
  readonly left: number | null;
  readonly first: number;
  /** 0 to 1; null while nobody can say. */
  readonly part: number | null;
}

/** How many of the old connections have ended. */
export function drainProgress({
  atFirst,
  left,
}: Pick<NonNullable<SwitchView['drain']>, 'atFirst' | 'left'>): DrainProgress {
  if (left === null) return { left, first: atFirst, part: null };
  const first = Math.max(atFirst, left);
  return { left, first, part: first === 0 ? 1 : (first - left) / first };
}
