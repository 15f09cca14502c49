/** One difference between two topologies, in the operator's words: what the review and a save conflict list. */
export interface TopologyChange {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly object:
    | 'cluster'
    | 'network'
    | 'node'
    | 'interface'
    | 'address'
    | 'vip'
    | 'service'
    | 'destination';
  /** Path of ids, as in `Problem.path`. */
  readonly path: readonly string[];
  /** What a person calls the object: `rs1`, `tcp 192.168.0.111:80`, `192.168.0.111/24`. */
  readonly name: string;
  /** The names of what it is part of, the nearest first: of an address `eth0`, `node2`. */
  readonly within: readonly string[];
  /** For `changed`: the field and its values as text. */
  readonly field: string | null;
  readonly from: string | null;
  readonly to: string | null;
}
