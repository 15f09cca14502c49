// What an operator may say to a switch, and when. Pure.
import type { StoredSwitch, SwitchChange } from '@signalbox/db';
import type { SwitchCommand } from '../../api/switch-contract.ts';
import { recordOf } from './switch-record.ts';
import { backTarget } from './switch-walk.ts';

/** What a command changes, or why it cannot be given now. */
export type Commanded =
  | { readonly kind: 'change'; readonly change: SwitchChange; readonly cut: boolean }
  | { readonly kind: 'refused'; readonly message: string };

export function commanded(stored: StoredSwitch, command: SwitchCommand): Commanded {
  const { state, step, target, warm, flippedAt, finishedAt } = stored;
  if (finishedAt !== null) return refused('This switch has ended. Throw the lever again.');
  if (state === 'retiring')
    return refused('The old way is being taken down just now. Throw the lever when it has ended.');
  switch (command) {
    case 'goBack':
      return change({ target: backTarget(stored), failure: null });
    case 'goOn':
      if (state !== 'held' && step !== 'prepared')
        return refused('There is nothing to go on with: it is on its way.');
      return change({ target: warm ? 'flipped' : 'done', failure: null });
    case 'confirm': {
      const record = recordOf(stored);
      if (state !== 'confirming' || record.confirm === null) return refused('There is nothing to confirm.');
      return change({ record: { ...record, confirm: { ...record.confirm, given: true } } });
    }
    case 'keepBoth':
      return change({ warm: true, target: keptAt[target] });
    case 'drain':
      return change({ warm: false, target: step === 'prepared' && flippedAt !== null ? 'from' : 'done' });
    case 'cutNow':
      if (state !== 'draining') return refused('Connections are cut only while they are waited for.');
      return change({}, true);
  }
}

/** Where a walk to an end stays when both ways are kept. */
const keptAt = { from: 'prepared', prepared: 'prepared', flipped: 'flipped', done: 'flipped' } as const;

const change = (change: SwitchChange, cut = false): Commanded => ({ kind: 'change', change, cut });
const refused = (message: string): Commanded => ({ kind: 'refused', message });

/** What an operator said, as the record of events has it. */
export const commandNames = {
  goBack: 'go back',
  goOn: 'go on',
  confirm: 'it stays',
  keepBoth: 'keep both ways',
  drain: 'finish when the old connections have ended',
  cutNow: 'cut the old connections now',
} as const satisfies Record<SwitchCommand, string>;
