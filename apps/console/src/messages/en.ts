import { board, state } from './en/board.ts';
import { changes } from './en/changes.ts';
import { common, kind, method, shell } from './en/common.ts';
import { clusters, door } from './en/door.ts';
import { change, editor, field } from './en/editor.ts';
import { inspector, scheduler } from './en/inspector.ts';
import { operation, phase, review } from './en/review.ts';
import { probe } from './en/probe.ts';
import { nodes, services } from './en/services.ts';
import { lever, switching } from './en/switch.ts';

/** Every sentence of the screens. The other languages are typed by this one. */
export const en = {
  board,
  change,
  changes,
  clusters,
  common,
  door,
  editor,
  field,
  inspector,
  kind,
  lever,
  method,
  nodes,
  operation,
  phase,
  probe,
  review,
  scheduler,
  services,
  shell,
  state,
  switching,
} as const;
