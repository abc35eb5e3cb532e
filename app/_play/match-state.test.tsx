import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { VERDICT_REASONS } from '../../proto/sessions';
import en from '../_i18n/en.json';
import type { MatchView } from '../_match/view';
import { MatchState } from './match-state';

const render = (view: MatchView) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={en}>
      <MatchState
        view={view}
        names={['Ada', 'Mina']}
        result={() => 'the result'}
        paused={() => 'the pause'}
        again={<button type="button">again</button>}
      />
    </NextIntlClientProvider>,
  );

describe('what the page of a match says', () => {
  it('a connection that failed: the reason and what to do, the lobby first, and no figures of a fight', () => {
    const html = render({ step: 'unfought', reason: 'peer_failed', hasLeft: false });
    expect(html).toContain(en.play.unfought.noPath);
    expect(html).toMatch(/button-gold[^>]*href="\/lobby"|href="\/lobby"[^>]*button-gold/);
    expect(html.match(/button-gold/g)).toHaveLength(1);
    expect(html).not.toContain(en.play.result.checksum);
    expect(html).not.toContain('the result');
  });

  it.each(VERDICT_REASONS)('nothing fought, whatever it is called: %s', (reason) => {
    expect(render({ step: 'unfought', reason, hasLeft: false })).toContain(en.play.unfought.nothing);
  });

  it('who left before anything was fought is told that nothing counts', () => {
    expect(render({ step: 'unfought', reason: 'peer_failed', hasLeft: true })).toContain(
      en.play.unfought.leftHint,
    );
  });

  it('how long the opponent has to come back', () => {
    expect(render({ step: 'away', until: Date.now() + 12_400 })).toContain('13 s');
    expect(render({ step: 'away', until: Date.now() - 1 })).toContain(en.play.steps.deciding);
  });

  it('nothing while the two fight', () => {
    expect(render({ step: 'fighting' })).toBe('');
  });
});
