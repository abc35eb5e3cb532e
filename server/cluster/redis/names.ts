/** What the nodes of one arcade call their channels and keys in Redis. Channels know no database number, so the arcade is in the name. */
export interface Names {
  /** When each node is gone, in Redis's own time: nobody's clock but its own is asked. */
  readonly living: string;
  /** The channel of all nodes. */
  readonly all: string;
  channelOf(nodeId: string): string;
  ownerOf(id: string): string;
}

/** The braces keep all of it on one node of a cluster of Redis's own. */
export function namesOf(arcade: string): Names {
  const prefix = `arcade:{nodes:${arcade}}:`;
  return {
    living: `${prefix}living`,
    all: `${prefix}all`,
    channelOf: (nodeId) => `${prefix}to:${nodeId}`,
    ownerOf: (id) => `${prefix}owner:${id}`,
  };
}
