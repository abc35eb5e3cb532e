import { counter } from '../metrics';

/** What the game master counts. */

export const linesSaid = counter('arcade_gm_lines_total', 'Lines that were answered, by who wrote them', [
  'source',
]);

export const modelAnswers = counter(
  'arcade_gm_model_answers_total',
  'Lines that a model was asked for, by how it ended: fit, unfit, failed, late, or not asked for want of room or behind an open breaker',
  ['end'],
);
