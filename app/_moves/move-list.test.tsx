import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { CHARACTERS } from '../../engine/fighter/characters/roster';
import { moveListOf } from '../../engine/fighter/move-list';
import en from '../_i18n/en.json';
import ko from '../_i18n/ko.json';
import { ControlsCard } from './controls-card';
import { DEVICES } from './labels';
import { MoveList } from './move-list';

type Tree = { readonly [key: string]: string | Tree };

function leaf(words: Tree, path: string): string {
  const found = path
    .split('.')
    .reduce<Tree | string | undefined>((at, key) => (typeof at === 'object' ? at[key] : undefined), words);
  if (typeof found !== 'string') throw new Error(`no words for ${path}`);
  return found;
}

function draw(locale: 'en' | 'ko', page: React.ReactNode): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      timeZone="UTC"
      messages={{ en, ko }[locale]}
      onError={(error) => {
        throw error;
      }}
    >
      {page}
    </NextIntlClientProvider>,
  );
}

const CASES = CHARACTERS.flatMap(({ id, slug }) =>
  (['en', 'ko'] as const).map((locale) => ({ id, slug, locale, words: { en, ko }[locale] })),
);

describe.each(CASES)('the written moves of $slug in $locale', ({ id, locale, words }) => {
  const { moves, actions } = moveListOf(id);

  it.each(DEVICES)('name everything that is playable, and how on %s', (device) => {
    const page = draw(locale, <MoveList character={id} device={device} />);
    for (const move of moves) expect(page).toContain(leaf(words.moves.names, move.id));
    for (const action of actions) expect(page).toContain(words.moves.actions[action.id].name);
    const caps = [...moves.map(({ command }) => [command]), ...actions.map(({ commands }) => commands)];
    const pressed = caps.filter((commands) => commands.length > 0).length;
    expect(page.split('<kbd').length - 1).toBeGreaterThanOrEqual(pressed);
    // A key without a sign or a word on it would be an empty box.
    expect(page).not.toMatch(/<kbd[^>]*><\/kbd>/);
  });

  it('have words for no move or action that is not there', () => {
    const slug = CHARACTERS.find((character) => character.id === id)?.slug ?? 'garam';
    expect(
      Object.keys(words.moves.names[slug])
        .map((move) => `${slug}.${move}`)
        .sort(),
    ).toEqual(moves.map((move) => move.id as string).sort());
    expect(Object.keys(words.moves.actions).sort()).toEqual(
      actions.map((action) => action.id as string).sort(),
    );
  });
});

it.each(DEVICES)(
  'the card of controls shows what a beginner needs on %s, and stays without a way to close it',
  (device) => {
    for (const [locale, words] of [
      ['en', en],
      ['ko', ko],
    ] as const) {
      const card = draw(locale, <ControlsCard device={device} />);
      for (const id of ['dash', 'backDash', 'guardHigh', 'guardLow', 'throwBreak'] as const)
        expect(card).toContain(words.moves.actions[id].name);
      expect(card).not.toContain('<button');
      expect(draw(locale, <ControlsCard device={device} onClose={() => undefined} />)).toContain(
        words.moves.card.close,
      );
    }
  },
);
