import { counter } from '../metrics';

/** What the room of trainings counts. */

export const trainingsStarted = counter(
  'arcade_training_started_total',
  'Trainings that got a place, by who asked: guest, player, admin, or another program',
  ['by'],
);

export const trainingsRefused = counter(
  'arcade_training_refused_total',
  'Trainings that got no place: all are taken, or a share of them is used up',
  ['reason'],
);

export const trainingsQueued = counter(
  'arcade_training_queued_total',
  'Trainings that had to wait before they ran',
);

export const trainingsEnded = counter(
  'arcade_training_ended_total',
  'Trainings that are over, by how they ended',
  ['status'],
);
