import type { ScenarioNode } from '../scenarios/scenario.ts';
import type { Place } from '../state/place.ts';
import type { Service } from '../wire/guest-messages.ts';
import { programIn } from './programs-layout.ts';

const PORTS = ['80', '8080'];

/** Real servers serve from the start, on every port the scenarios use. */
export const webServersOn =
  (place: Place) =>
  (node: ScenarioNode): Service[] =>
    node.kind === 'realServer'
      ? [
          {
            name: 'web',
            argv: [process.execPath, programIn(place, 'web-server.cjs'), node.name, ...PORTS],
            env: {},
            restart: 'always',
            readyText: 'listening',
          },
        ]
      : [];
