// What is said of one thing that disappeared: its name as operators write it, and what became of it.
import { formatCidr, mainTable, objectKey, type Operation, touchedObject } from '@signalbox/cluster';

const LEFT =
  'is removed again and again: another program must be doing that. It is left as it is until the next change from the console.';

export const putBackSentence = (operation: Operation): string =>
  operation.kind === 'setSysctl'
    ? `${operation.name} was set to ${operation.from} by somebody else; set to ${operation.to} again.`
    : `${nameOf(operation)} was removed by somebody else; put back.`;

export const failedSentence = (operation: Operation, why: string): string =>
  `${nameOf(operation)} was ${operation.kind === 'setSysctl' ? `set to ${operation.from}` : 'removed'} by somebody else, and cannot be put back yet: ${why}`;

export const leftSentence = (operation: Operation): string => `${nameOf(operation)} ${LEFT}`;

/** Sentences that are written out one by one; a whole table that was cleared is not. */
const MOST_SENTENCES = 50;

export const shortened = (sentences: readonly string[]): readonly string[] =>
  sentences.length <= MOST_SENTENCES
    ? sentences
    : [
        ...sentences.slice(0, MOST_SENTENCES),
        `The same of ${sentences.length - MOST_SENTENCES} more, which are not written out.`,
      ];

function nameOf(operation: Operation): string {
  switch (operation.kind) {
    case 'addAddress':
      return `${formatCidr(operation.address.cidr)} on ${operation.address.interface}`;
    case 'addRoute': {
      const { type, destination, via, interface: device, table } = operation.route;
      return [
        `the ${type === 'unicast' ? '' : `${type} `}route to ${formatCidr(destination)}`,
        via === null ? '' : ` via ${via.text}`,
        device === null ? '' : ` on ${device}`,
        table === mainTable ? '' : ` in table ${table}`,
      ].join('');
    }
    case 'addRule':
      return `the ${objectKey({ kind: 'rule', rule: operation.rule })}`;
    case 'setSysctl':
      return operation.name;
    case 'addService':
    case 'addDestination':
    case 'addMark':
    case 'editService':
    case 'deleteService':
    case 'editDestination':
    case 'deleteDestination':
    case 'deleteAddress':
    case 'deleteRoute':
    case 'deleteRule':
    case 'deleteMark':
      return `the ${touchedObject(operation)}`;
  }
}
