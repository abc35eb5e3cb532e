'use client';

import type { RunView } from '@/server/arcade/views';
import { ITEM_LOOKS, type ItemLook } from '../_stage/worn/looks';
import { isPersonLook, isStillId, type StillId } from '../_stills/ids';
import { ItemIcon } from '../_stills/item-icon';
import type { ItemKind } from '../_stills/item-kinds';
import { Portrait } from '../_stills/portrait';
import { Still } from '../_stills/still';

/** Pictures by the words that a story has for them: what nobody can draw has a stand-in. */

const PLAIN_STILL: StillId = 'harbour';

/** Looks that can be drawn. */
export function knownLooks(names: readonly (string | null)[]): ItemLook[] {
  return ITEM_LOOKS.filter((look) => look !== 'none' && names.includes(look));
}

export function RunStill({ run, id, label }: { run: RunView; id: string | null; label: string }) {
  return (
    <Still
      id={id !== null && isStillId(id) ? id : PLAIN_STILL}
      label={label}
      character={run.ladder.character === 2 ? 2 : 1}
      looks={knownLooks(run.items.map(({ look }) => look))}
      className="arcade-still"
    />
  );
}

/** A face in a frame, or the first letter of a name. */
export function Face({ look, name, large }: { look: string | null; name: string; large?: boolean }) {
  const size = large ? 'size-20' : 'size-14';
  return (
    <span className={`relative block shrink-0 overflow-hidden border-2 border-line ${size}`}>
      {look !== null && isPersonLook(look) ? (
        <Portrait look={look} label={name} className="absolute inset-0 size-full" />
      ) : (
        <span aria-hidden="true" className="grid size-full place-items-center font-poster text-heading">
          {name.slice(0, 1)}
        </span>
      )}
    </span>
  );
}

export function ItemPicture({ kind, look, name }: { kind: ItemKind; look: string | null; name: string }) {
  const [known = 'none'] = knownLooks([look]);
  return (
    <span className="relative block size-14 shrink-0 overflow-hidden border-2 border-line">
      <ItemIcon kind={kind} look={known} label={name} className="absolute inset-0 size-full" />
    </span>
  );
}
