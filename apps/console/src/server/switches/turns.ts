// Where a switch was turned round on its way, by whom and why: figures and failures of before are forgotten, this is not. Pure.
import type { StoredSwitch, SwitchChange } from '@signalbox/db';
import type { SwitchTurn } from '../../api/switch-contract.ts';
import { recordOf } from './switch-record.ts';
import { goesBack } from './switch-walk.ts';

/** While both ways are kept it may be thrown to and fro for days. */
const KEPT = 20;

/** The change, and in the record that it turns the switch round, if it does. */
export function turning(
  stored: StoredSwitch,
  change: SwitchChange,
  { by, at }: { by: string | null; at: Date },
): SwitchChange {
  const kind = heading(change.target ?? stored.target);
  if (kind === heading(stored.target)) return change;
  const record = recordOf({ record: change.record ?? stored.record });
  const turn: SwitchTurn = { kind, at: at.toISOString(), by, why: change.failure ?? null };
  return { ...change, record: { ...record, turns: [...record.turns, turn].slice(-KEPT) } };
}

/** Who had it go the way it goes now; null: nobody, it turned round by itself. */
export function ledBy(stored: Pick<StoredSwitch, 'by' | 'record'>): string | null {
  const turn = recordOf(stored).turns.at(-1);
  return turn ? turn.by : stored.by;
}

const heading = (target: StoredSwitch['target']): SwitchTurn['kind'] => (goesBack(target) ? 'back' : 'on');
