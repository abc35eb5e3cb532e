import { expect, type Page } from '@playwright/test';
import type { Person } from './people';
import { words } from './words';

const t = words();

/** What the result card of one browser says. */
export interface Report {
  readonly winner: string | null;
  readonly reason: string | null;
  readonly frames: string | null;
  readonly checksum: string | null;
  readonly judgedFrames: string | null;
  readonly judgedChecksum: string | null;
  readonly rollbacks: number;
  readonly desyncs: number;
}

/** One challenges the other by name, the other takes it; returns the session's id. */
export async function challengeAndAccept(challenger: Person, other: Person): Promise<string> {
  const challenge = t.lobby.challengeName.replace('{name}', other.name);
  await challenger.page.getByRole('button', { name: challenge }).click();
  await expect(other.page.getByText(t.lobby.incoming.replace('{name}', challenger.name))).toBeVisible();
  await other.page.getByRole('button', { name: t.lobby.accept, exact: true }).click();
  await Promise.all([challenger, other].map(({ page }) => expect(page).toHaveURL(/\/play\//)));
  return new URL(challenger.page.url()).pathname.split('/').pop() ?? '';
}

/** Where the fight of a page stands (the steps of MatchView). */
export function stepOf(page: Page): Promise<string | null> {
  return page.getByTestId('fight').getAttribute('data-step');
}

/**
 * Plays with real key presses until the page shows a result: walks at the opponent and hits.
 * @param forward `KeyboardEvent.code` of the direction toward the opponent at the start
 * @param attacks pressed in turn
 */
export async function playToTheEnd(page: Page, forward: string, attacks: readonly string[]): Promise<void> {
  const { keyboard } = page;
  await expect(page.getByTestId('fight')).toHaveAttribute('data-step', 'fighting');
  for (let turn = 0; !['result', 'failed', 'unfought'].includes((await stepOf(page)) ?? ''); turn += 1) {
    await keyboard.down(forward);
    const attack = attacks[turn % attacks.length] ?? 'KeyJ';
    await keyboard.press(attack, { delay: 50 });
    await keyboard.up(forward);
  }
}

/** Reads the result card. */
export async function reportOf(page: Page): Promise<Report> {
  const card = page.getByTestId('match-report');
  await expect(card).toBeVisible();
  const read = (name: string) => card.getAttribute(`data-${name}`);
  return {
    winner: await read('winner'),
    reason: await read('reason'),
    frames: await read('frames'),
    checksum: await read('checksum'),
    judgedFrames: await read('judged-frames'),
    judgedChecksum: await read('judged-checksum'),
    rollbacks: Number(await read('rollbacks')),
    desyncs: Number(await read('desyncs')),
  };
}
