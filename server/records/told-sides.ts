import { z } from 'zod';
import type { Db } from '../db/client';

/** Frames that are shown before the first differing one, and after it. */
const AROUND = { before: 4, after: 12 } as const;

/** A frame of a match as the judge keeps it: a little-endian uint16 for each player. */
const FRAME_BYTES = 4;

const mask = z.int().nullable();

/** What a teller says of one frame: the inputs of player 1 and of player 2; null beyond what was told. */
const toldFrame = z.object({
  frame: z.int(),
  /** Told by player 1, then by player 2; in each the inputs of player 1 and player 2. */
  told: z.tuple([z.tuple([mask, mask]), z.tuple([mask, mask])]),
  differs: z.boolean(),
});

/** Both stories side by side, around the first frame in which they differ. */
export const toldSides = z.object({
  disputedFrame: z.int(),
  disputedPlayer: z.int().nullable(),
  frames: z.array(toldFrame),
});

interface Disputed {
  readonly disputedFrame: number | null;
  readonly disputedPlayer: number | null;
}

/** Reads what both told around the frame of a dispute; null where there was none, or the logs are gone. */
export async function readToldSides(
  db: Db,
  sessionId: string,
  { disputedFrame, disputedPlayer }: Disputed,
): Promise<z.input<typeof toldSides> | null> {
  if (disputedFrame === null) return null;
  const from = Math.max(0, disputedFrame - AROUND.before);
  const count = disputedFrame - from + AROUND.after + 1;
  // Only the bytes that are shown: a log has megabytes. substring counts from 1.
  const rows = await db.$queryRaw<{ player: number; bytes: Uint8Array }[]>`
    select player, substring(inputs from ${from * FRAME_BYTES + 1}::int for ${count * FRAME_BYTES}::int) as bytes
    from "InputLog" where "sessionId" = ${sessionId}`;
  if (rows.length === 0) return null;
  const of = (player: number) => rows.find((row) => row.player === player)?.bytes ?? new Uint8Array(0);
  const [one, two] = [of(1), of(2)];
  const frames = Array.from({ length: count }, (_, index) => {
    const told: [Told, Told] = [frameOf(one, index), frameOf(two, index)];
    return { frame: from + index, told, differs: isDifferent(told) };
  });
  const isTold = ({ told }: (typeof frames)[number]) => told.flat().some((input) => input !== null);
  return { disputedFrame, disputedPlayer, frames: frames.filter(isTold) };
}

type Told = [number | null, number | null];

function frameOf(bytes: Uint8Array, index: number): Told {
  const offset = index * FRAME_BYTES;
  if (offset + FRAME_BYTES > bytes.byteLength) return [null, null];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [view.getUint16(offset, true), view.getUint16(offset + 2, true)];
}

/** Where only one has told nobody differs yet. */
function isDifferent([[a1, a2], [b1, b2]]: [Told, Told]): boolean {
  return a1 !== null && b1 !== null && (a1 !== b1 || a2 !== b2);
}
