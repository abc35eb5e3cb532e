import { describe, expect, it } from 'vitest';
import { checkDraft } from './check-draft';
import { templateOf } from './templates';

describe('what is wrong with a draft', () => {
  it('is said in a designer’s words, in both languages', () => {
    const draft = templateOf('plain');
    expect(checkDraft(draft, 'en')).toContainEqual({ path: 'title', message: 'needs a text' });
    expect(checkDraft(draft, 'ko')).toContainEqual({ path: 'title', message: '비어 있습니다' });
    expect(checkDraft({}, 'en')).toContainEqual({ path: 'title', message: 'is missing' });
    expect(checkDraft({}, 'ko')).toContainEqual({ path: 'title', message: '빠졌습니다' });
  });
});
