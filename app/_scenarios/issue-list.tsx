'use client';

import { useTranslations } from 'next-intl';
import type { Issue } from '../../proto/scenario-check';

const SHOWN = 50;

/** The field for a path, or for the nearest part around it. */
function fieldAt(path: string): HTMLElement | undefined {
  const around = [...document.querySelectorAll<HTMLElement>('[data-path]')]
    .map((element) => ({ element, at: element.dataset.path ?? '' }))
    .filter(({ at }) => at === path || at === '' || path.startsWith(`${at}.`) || path.startsWith(`${at}[`))
    .sort((a, b) => b.at.length - a.at.length);
  return around[0]?.element;
}

/** Opens whatever hides the field, and goes there. */
function goTo(path: string): void {
  const field = fieldAt(path);
  if (!field) return;
  for (let at: Element | null = field; at; at = at.parentElement)
    if (at instanceof HTMLDetailsElement) at.open = true;
  const target = field.matches('input, select, textarea, [tabindex]')
    ? field
    : (field.querySelector<HTMLElement>('input, select, textarea') ?? field);
  target.focus();
  target.scrollIntoView({ block: 'center' });
}

/** What is wrong, each with a way to where it stands. */
export function IssueList({ issues, title }: { issues: readonly Issue[]; title: string }) {
  const t = useTranslations('scenarios');
  return (
    <div role="alert" className="sheet border-bad p-4" data-testid="issues">
      <p className="font-semibold">{title}</p>
      <ul className="mt-2 grid max-h-72 gap-1 overflow-auto text-data">
        {issues.slice(0, SHOWN).map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            <button type="button" className="text-left hover:underline" onClick={() => goTo(path)}>
              <span className="figure link">{path || t('whole')}</span> {message}
            </button>
          </li>
        ))}
      </ul>
      {issues.length > SHOWN ? (
        <p className="text-data">{t('moreIssues', { count: issues.length - SHOWN })}</p>
      ) : null}
    </div>
  );
}
