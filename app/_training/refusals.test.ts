import { expect, it } from 'vitest';
import { REASON_CODES } from '@/server/training/reasons';
import { PLACE_WORDS } from '@/server/training/shares';
import en from '../_i18n/en.json';
import ko from '../_i18n/ko.json';

it('TRAIN-4: why a training gets no place is said in every language', () => {
  for (const reason of Object.keys(PLACE_WORDS))
    for (const words of [en.faults, ko.faults]) expect(words).toHaveProperty(reason);
});

it('TRAIN-2: why a training ended is said in every language', () => {
  for (const { training } of [en, ko])
    expect(Object.keys(training.endings).toSorted()).toEqual([...REASON_CODES].toSorted());
});
