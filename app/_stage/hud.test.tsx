import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import en from '../_i18n/en.json';
import { createHudStore, Hud } from './hud';

it('every figure of the HUD is named after its player, with one timer and the last call as text', () => {
  const store = createHudStore({ p1: { name: 'Ana' } });
  store.set({ call: 'ROUND 2' });
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={en}>
      <Hud store={store} />
    </NextIntlClientProvider>,
  );
  const labels = [...html.matchAll(/aria-label="([^"]*)"/g)].map((match) => match[1]);
  expect(new Set(labels).size).toBe(labels.length);
  expect(labels).toContain('Super of Ana');
  expect(labels).toContain('Super of Player 2');
  expect(labels).toContain('Rounds won by Ana: 0 of 2');
  expect(html.match(/role="timer"/g)).toHaveLength(1);
  expect(html).toMatch(/aria-live="polite"[^>]*>ROUND 2</);
});
