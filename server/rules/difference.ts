import { checksum } from '../../engine/fighter/checksum';
import type { FightRuling } from '../../proto/rules';

type Difference = NonNullable<FightRuling['first_difference']>;

/** A checksum that somebody took after a frame, counted from 0. */
export interface Mark {
  readonly frame: number;
  readonly checksum: number;
}

/** Watches for the first frame whose checksum is not the one that was told. */
export interface MarkWatch {
  look(frame: number, state: Int32Array): void;
  /** After the last frame: marks beyond it differ too. */
  first(): (Mark & { readonly ruled: number | null }) | undefined;
}

export function watchMarks(marks: readonly Mark[] = []): MarkWatch {
  const ordered = [...marks].sort((one, other) => one.frame - other.frame);
  let next = 0;
  let found: ReturnType<MarkWatch['first']>;
  return {
    look(frame, state) {
      while (!found && ordered[next]?.frame === frame) {
        const mark = ordered[next];
        const ruled = checksum(state);
        if (mark && mark.checksum !== ruled) found = { ...mark, ruled };
        next += 1;
      }
    },
    first() {
      const beyond = ordered[next];
      return found ?? (beyond ? { ...beyond, ruled: null } : undefined);
    },
  };
}

const FIELDS = ['winner', 'reason', 'frames', 'checksum'] as const;

/** What was told, or ruled. Not all of it may have been told. */
interface Outcome {
  readonly winner?: number | undefined;
  readonly reason?: string | undefined;
  readonly frames?: number | undefined;
  readonly checksum?: number | undefined;
}

/** The first thing told that is not as it was ruled, with the first frame where checksums part; null when all agrees. */
export function firstDifference(
  told: Outcome | undefined,
  ruled: Outcome,
  mark: ReturnType<MarkWatch['first']>,
): Difference | null {
  const at = mark ? { frame: mark.frame } : {};
  for (const field of FIELDS)
    if (told?.[field] !== undefined && told[field] !== ruled[field])
      return { field, told: told[field], ruled: ruled[field], ...at };
  return mark ? { field: 'checksums', told: mark.checksum, ruled: mark.ruled, ...at } : null;
}
