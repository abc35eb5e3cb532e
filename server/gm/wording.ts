import type { Game } from './game';
import { factsForModel, type Told } from './model/prompt';

/** A line as it goes out. */
export interface Worded {
  readonly text: string;
  readonly line_id: string;
  readonly source: 'director' | 'model';
  readonly is_pending: boolean;
}

/**
 * The director's words, or a model's where they are there already.
 * @param key what the line is asked for by
 */
export function word({ model, onSaid }: Game, key: string, told: Told): Worded {
  const { line, known } = told;
  const offer = model?.offer(`${key}\n${known.language}\n${line.id}`, factsForModel(told)) ?? {
    is: 'none' as const,
  };
  const isReady = offer.is === 'ready';
  onSaid(isReady ? 'model' : 'director');
  return {
    text: isReady ? offer.text : line.text[known.language],
    line_id: line.id,
    source: isReady ? 'model' : 'director',
    is_pending: offer.is === 'pending',
  };
}
