import { z } from 'zod';
import { storylet } from '../../proto/scenario-steps';
import written from './lines.json';
import tones from './tones.json';

/** Lines for every ladder and for none: `announcer` comments, `npc` answers a tone. Data, so that other implementations say the same. */
const parsed = z.array(storylet).parse(written);

export const ANNOUNCER_LINES = parsed.filter(({ speaker }) => speaker === 'announcer');
/** Their `choice` is the tone that they answer. */
export const REPLIES = parsed.filter(({ speaker }) => speaker === 'npc');

/** How somebody is spoken to. */
export const TONES = ['talk', 'negotiate', 'threaten', 'move', 'inspect', 'prepare'] as const;
export type Tone = (typeof TONES)[number];

const tone = z.enum(TONES);
const asWritten = z
  .object({
    order: z.array(tone),
    words: z.record(tone, z.array(z.string())),
    affinity: z.record(tone, z.int().min(-10).max(10)),
  })
  .parse(tones);

/** How somebody takes it. */
export const AFFINITY_CHANGE: Readonly<Record<Tone, number>> = asWritten.affinity;

/** The tone of free words: of the first kind that a word of stands in it, else talk. */
export function toneOf(text: string): Tone {
  const words = text.toLowerCase();
  const exact = TONES.find((one) => one === words.trim());
  return (
    exact ??
    asWritten.order.find((one) => asWritten.words[one].some((word) => words.includes(word))) ??
    'talk'
  );
}
