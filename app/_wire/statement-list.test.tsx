import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { WIRE_MARK_TYPES, type WireSample } from '../../proto/wire-report';
import en from '../_i18n/en.json';
import ko from '../_i18n/ko.json';
import type { Tellers } from './diagnose';
import { Moment } from './moment';
import { StatementList } from './statement-list';
import type { Statement } from './statements';
import { WirePicture } from './wire-picture';
import { WireTable } from './wire-table';

const LANGUAGES = { en, ko } as const;
const CALLED = ['Ada (you)', 'Mina'] as const;

/** Renders; a message that is missing or gets wrong arguments fails the test. */
function render(locale: keyof typeof LANGUAGES, children: ReactNode): string {
  const onError = (error: Error) => {
    throw error;
  };
  return renderToStaticMarkup(
    <NextIntlClientProvider {...{ locale, onError }} timeZone="UTC" messages={LANGUAGES[locale]}>
      {children}
    </NextIntlClientProvider>,
  );
}

const lasting = { at: 65_000, longestMs: 420, times: 1 };
const EVERY: readonly Statement[] = [
  { kind: 'practice', severity: 'bad', side: 1 },
  {
    ...{ kind: 'loss', severity: 'bad', side: 1, at: 70_000, to: 85_000 },
    ...{ percent: 4.2, deepest: 7, times: 2 },
  },
  { kind: 'frozen', severity: 'bad', side: 2, ...lasting },
  { kind: 'wait', severity: 'note', side: 1, ...lasting, times: 3 },
  { kind: 'spike', severity: 'bad', at: 40_000, to: 52_000, ping: 140, usual: 32, times: 1 },
  { kind: 'far', severity: 'note', ping: 160 },
  { kind: 'jitter', severity: 'note', side: 2, jitter: 14 },
  { kind: 'rerouted', severity: 'note', at: 40_000, route: 'server', addedMs: 60 },
  { kind: 'routed', severity: 'note', route: 'turn' },
  { kind: 'unfair', severity: 'note', side: 1, percent: 80 },
  { kind: 'reload', severity: 'note', side: 1, ...lasting, longestMs: 2_400 },
  { kind: 'away', severity: 'note', side: 2, ...lasting },
  { kind: 'held', severity: 'note', side: 2, ...lasting },
  { kind: 'silent', severity: 'bad', side: 1, ...lasting },
  { kind: 'missing', severity: 'note', side: 2 },
  { kind: 'partial', severity: 'note', side: 1 },
  { kind: 'steady', severity: 'good', ping: 32, deepest: 1 },
];

const text = (html: string) => html.replace(/<[^>]+>/g, '|');

describe('the words of a line', () => {
  it('are whole sentences with who, when and how much', () => {
    const said = text(render('en', <StatementList statements={EVERY} called={CALLED} />));
    expect(said).toContain(
      'Between 1:10 and 1:25, 4.2% of the packets on their way to Ada (you) were lost; the game went back up to 7 frames. It was the worst of 2 such stretches.',
    );
    expect(said).toContain('The machine or page of Mina stood still for 420 ms at 1:05.|');
    expect(said).toContain('(Arcade’s server). The round trip took about 60 ms longer.');
    expect(said).toContain('steady at 32 ms, and the game never went back more than 1 frame.');
    expect(said).toContain('it took 2.4 s to come back');
  });

  it.each(['en', 'ko'] as const)('are there for every statement in %s', (locale) => {
    const html = render(locale, <StatementList statements={EVERY} called={CALLED} />);
    expect(html.match(/<li/g)).toHaveLength(EVERY.length);
    expect(html).not.toMatch(/undefined|NaN|\{\w+[,}]/);
  });
});

describe('the picture, the moment and the table', () => {
  const samples = Array.from(
    { length: 40 },
    (_, second): WireSample => ({
      ...{ at: second * 1_000, span: 1_000, frame: second * 60, ping: 30 + second, jitter: 2, loss: 12 },
      ...{ rollbacks: 2, deepest: second % 7, again: 4, againThere: 2, waited: 0, ahead: -3, delay: 2 },
      route: second < 20 ? 'direct' : 'server',
    }),
  );
  const marks = WIRE_MARK_TYPES.map((type, index) => ({ type, at: index * 3_000, span: 500 }));
  const both: Tellers = [
    { samples, marks, isLast: true },
    { samples: samples.slice(5), marks: [], isLast: false },
  ];

  it.each(['en', 'ko'] as const)('show both sides, or the one that is known, in %s', (locale) => {
    for (const tellers of [both, [both[0], undefined], [undefined, both[1]]] as const) {
      const html = render(
        locale,
        <>
          <WirePicture tellers={tellers} called={CALLED} cursorMs={5_000} />
          <Moment tellers={tellers} called={CALLED} atMs={5_000} onMove={() => undefined} />
          <WireTable tellers={tellers} called={CALLED} />
        </>,
      );
      expect(html).not.toMatch(/undefined|NaN/);
      expect(html).toContain(LANGUAGES[locale].play.routes.server);
      expect(html.match(/<tr/g)).toHaveLength(2 + 8);
    }
  });
});
