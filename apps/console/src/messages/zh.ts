import type { Messages } from './messages.ts';
import { board, state } from './zh/board.ts';
import { changes } from './zh/changes.ts';
import { common, kind, method, shell } from './zh/common.ts';
import { clusters, door } from './zh/door.ts';
import { change, editor, field } from './zh/editor.ts';
import { inspector, scheduler } from './zh/inspector.ts';
import { operation, phase, review } from './zh/review.ts';
import { probe } from './zh/probe.ts';
import { nodes, services } from './zh/services.ts';
import { lever, switching } from './zh/switch.ts';

export const zh: Messages = {
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
};
