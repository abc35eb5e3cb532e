import { counter } from '../metrics';

export const fallenBack = counter(
  'arcade_runs_fallen_back_total',
  'Questions of arcade mode that the arcade answered itself, since a neighbour did not',
  ['neighbour', 'why'],
);

export const stepsTaken = counter('arcade_runs_steps_total', 'Steps of arcade runs by what was done', [
  'what',
]);

export const fightsRuled = counter('arcade_runs_fights_total', 'Fights of arcade runs by how they ended', [
  'result',
  'ruled_by',
]);
