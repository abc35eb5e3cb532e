import { expect, it } from 'vitest';
import { checkDraft } from './check-draft';
import { withAt } from './draft';
import { TEMPLATES, templateOf } from './templates';

it.each(TEMPLATES)('the template %s lacks its title and nothing else', (template) => {
  expect(checkDraft(templateOf(template)).map(({ path }) => path)).toEqual(['title']);
  expect(checkDraft(withAt(templateOf(template), 'title', 'Named'))).toEqual([]);
});
