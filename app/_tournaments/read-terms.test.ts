import { describe, expect, it } from 'vitest';
import { readTerms } from './read-terms';
import { changesOf, EMPTY_DRAFT, fieldOf, localField, type TermsDraft, touched } from './terms';

const NOW = Date.UTC(2026, 10, 20, 12, 0, 30);
const HOUR_MS = 3_600_000;
const LIMITS = { mayCharge: true, maxSeats: { single: 256, double: 256, arena: 1_024 }, maxFee: 1_000 };

const read = (fields: Partial<TermsDraft>, limits = LIMITS) =>
  readTerms(
    { ...EMPTY_DRAFT, name: 'Friday cup', startsAt: localField(NOW + 2 * HOUR_MS), ...fields },
    limits,
    NOW,
  );
const wrong = (fields: Partial<TermsDraft>, limits = LIMITS) => {
  const result = read(fields, limits);
  return 'wrongs' in result ? result.wrongs : {};
};

describe('the form of a new tournament', () => {
  it('becomes what the server takes', () => {
    const result = read({ name: '  Friday   cup ', prizes: '100, 50 25', fee: '10', bestOf: '3' });
    expect('terms' in result && result.terms).toMatchObject({
      name: 'Friday cup',
      seats: 16,
      bestOf: 3,
      fee: 10,
      prizes: [100, 50, 25],
      checkInSeconds: 300,
      opensAt: new Date(NOW).toISOString(),
    });
  });

  it('says at the field what is wrong, and everything at once', () => {
    expect(wrong({ name: 'ab', seats: '1', startsAt: '' })).toMatchObject({
      name: { why: 'nameLength' },
      seats: { why: 'range', low: 2, high: 256 },
      startsAt: { why: 'noTime' },
    });
  });

  it('knows that times follow each other', () => {
    expect(wrong({ startsAt: localField(NOW - HOUR_MS) }).startsAt).toEqual({ why: 'past' });
    expect(wrong({ opensAt: localField(NOW - HOUR_MS) }).opensAt).toEqual({ why: 'past' });
    expect(wrong({ startsAt: localField(NOW + 400 * 24 * HOUR_MS) }).startsAt).toEqual({ why: 'tooFar' });
    expect(wrong({ opensAt: localField(NOW + 2 * HOUR_MS - 120_000), checkInMinutes: '5' }).startsAt).toEqual(
      { why: 'opensLate', low: 5 },
    );
  });

  it('takes an opening that was a moment ago: the form was open meanwhile', () => {
    expect(wrong({ opensAt: localField(NOW) })).toEqual({});
  });

  it('leaves fees and prizes to organisers', () => {
    const player = { ...LIMITS, mayCharge: false };
    expect(wrong({ fee: '5', prizes: '50' }, player)).toEqual({
      fee: { why: 'mayNotCharge' },
      prizes: { why: 'mayNotCharge' },
    });
    expect(wrong({ fee: '0', prizes: '' }, player)).toEqual({});
  });

  it('wants prizes as whole numbers, the best place first', () => {
    expect(wrong({ prizes: '100, a lot' }).prizes).toEqual({ why: 'prizeList' });
    expect(wrong({ prizes: '50, 100' }).prizes).toEqual({ why: 'prizeOrder' });
  });

  it('asks for a length only of an arena', () => {
    expect(wrong({ format: 'single', durationMinutes: '' })).toEqual({});
    expect(wrong({ format: 'arena', durationMinutes: '' }).durationMinutes).toMatchObject({ why: 'range' });
  });
});

describe('the form that changes a tournament', () => {
  const before: TermsDraft = {
    ...EMPTY_DRAFT,
    name: 'Friday cup',
    opensAt: localField(NOW - HOUR_MS),
    startsAt: localField(NOW + HOUR_MS),
    checkInMinutes: '0.5',
    fee: '10',
  };
  const change = (fields: Partial<TermsDraft>, limits = LIMITS) => {
    const draft = { ...before, ...fields };
    const names = touched(before, draft);
    const read = readTerms(draft, limits, NOW, (field) => names.some((name) => name === field));
    return 'terms' in read ? changesOf(names, read.terms) : read.wrongs;
  };

  it('sends what was changed and nothing else', () => {
    expect(change({ name: 'Saturday cup', prizes: '20 10' })).toEqual({
      name: 'Saturday cup',
      prizes: [20, 10],
    });
    expect(change({ checkInMinutes: '2' })).toEqual({ checkInSeconds: 120 });
    expect(change({ name: ' Friday cup ' })).toEqual({});
  });

  it('finds nothing wrong with what stays: an opening that was, a fee that the role is missing for', () => {
    expect(change({ blurb: 'Come!' }, { ...LIMITS, mayCharge: false })).toEqual({ blurb: 'Come!' });
    expect(change({ opensAt: localField(NOW - 2 * HOUR_MS) })).toEqual({ opensAt: { why: 'past' } });
  });

  it('still knows that times follow each other', () => {
    expect(change({ checkInMinutes: '60', opensAt: localField(NOW + 60_000) })).toEqual({
      startsAt: { why: 'opensLate', low: 60 },
    });
  });

  it('does not let seats fall below those that are taken', () => {
    expect(change({ seats: '3' }, { ...LIMITS, minSeats: 4 } as typeof LIMITS)).toEqual({
      seats: { why: 'range', low: 4, high: 256 },
    });
  });

  it('knows where on the page stands what the server names', () => {
    expect(fieldOf('checkInSeconds')).toBe('checkInMinutes');
    expect(fieldOf('closesAt')).toBe('startsAt');
    expect(fieldOf('format')).toBeUndefined();
  });
});
