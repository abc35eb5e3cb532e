/** What a commit asks for and what is kept of it; on the wire its names are the public system's. */

/** Changes of one entity, and moves of the session, which may stand in any entry. */
export interface DiffEntry {
  /** An instance's id, a scenario id or `player`; not needed for moves. */
  readonly entity?: string | undefined;
  readonly diff: {
    /** Changes, not new values; so are `san`, `stats` and `affinity`. */
    readonly hp?: number | undefined;
    readonly san?: number | undefined;
    readonly stats?: Readonly<Record<string, number>> | undefined;
    readonly affinity?: number | undefined;
    /** New values. A new act begins with its first sequence. */
    readonly act?: number | undefined;
    readonly sequence?: number | undefined;
    readonly location?: string | undefined;
  };
}

/** A relation that begins or changes; what is not given stays, or is the start's. */
export interface RelationEntry {
  readonly cause: string;
  readonly effect: string;
  readonly type: string;
  readonly affinity?: number | undefined;
  /** 0 or less ends it. */
  readonly quantity?: number | undefined;
}

export interface CommitUpdate {
  readonly diffs: readonly DiffEntry[];
  readonly relations: readonly RelationEntry[];
}

/** Something that is otherwise than before, as TRACE keeps it. */
export interface Change {
  readonly entity_id?: string;
  /** Of a relation. */
  readonly to_id?: string;
  readonly relation_type?: string;
  readonly field: string;
  readonly before: number | string | boolean | null;
  readonly after: number | string | boolean | null;
}
