import { seededRandom } from '../../../engine/rollback/testing/random';
import type { ClientPayload } from '../../../proto/signaling';
import type { TestArcade } from './arcade';
import { type Manner, Person } from './life-person';
import { inputsFor } from './match';
import type { Player } from './player';

/** What a life of three people came to. */
export interface LifeReport {
  readonly steps: number;
  readonly fights: number;
  /** Verdicts by reason and cause. */
  readonly ends: Readonly<Record<string, number>>;
  readonly findings: readonly string[];
}

const MANNERS: readonly Manner[] = ['honest', 'honest', 'honest', 'liar', 'silent', 'shy'];
const STEP_MS = 500;
/** Nobody may be away for longer and still be called honest. */
const SHORT_ABSENCE_STEPS = 10;

async function accept(line: Player, answer: ClientPayload<'accept_match'>) {
  try {
    return await line.send('accept_match', answer);
  } catch {
    return undefined;
  }
}

/**
 * Three people live in an arcade for a while: they ask, accept, cancel, connect, fight in their own manner, load their pages
 * again, open second tabs and take over there, give up, pause, and the server restarts in between, all by the seed.
 * What must hold whatever happens is looked for all the time.
 */
export async function live(
  arcade: TestArcade,
  options: { seed: number; steps: number },
): Promise<LifeReport> {
  const random = seededRandom(options.seed);
  const chance = (share: number) => random() / 2 ** 32 < share;
  const pick = <T>(of: readonly T[]): T => of[random() % of.length] as T;
  const people: Person[] = [];
  for (const name of ['Ann', 'Ben', 'Cid'])
    people.push(await Person.enter(arcade, `${name}-${options.seed}`));
  const findings: string[] = [];
  const seen = new Set<string>();
  const ends: Record<string, number> = {};
  let fights = 0;
  const away = new Map<Person, number>();

  const isThere = (person: Person) => !away.has(person);
  const others = (person: Person) => people.filter((one) => one !== person);

  async function meet(one: Person, two: Person): Promise<void> {
    for (const person of people) if (isThere(person)) await person.mend();
    for (const person of [one, two]) await person.line.raw('join_lobby', { playerId: person.id });
    const asked = await one.line
      .send('request_match', { requesterId: one.id, targetId: two.id })
      .catch(() => undefined);
    if (!asked) return;
    const { sessionId } = asked;
    if (chance(0.1)) {
      const third = others(one).find((person) => person !== two);
      if (third && isThere(third))
        await third.line.raw('request_match', { requesterId: third.id, targetId: two.id });
    }
    if (chance(0.1)) {
      await one.line.raw('cancel_match_request', { requesterId: one.id, targetId: two.id, sessionId });
      return;
    }
    if (chance(0.1)) {
      await two.line.raw('decline_match', { declinerId: two.id, requesterId: one.id, sessionId });
      return;
    }
    const accepted = await accept(two.line, { accepterId: two.id, requesterId: one.id, sessionId });
    if (!accepted) return;
    const route = { senderId: one.id, receiverId: two.id, sessionId };
    await one.line.raw('send_sdp_offer', { ...route, sdp: 'offer' });
    if (chance(0.1)) return;
    await two.line.raw('send_sdp_answer', { senderId: two.id, receiverId: one.id, sessionId, sdp: 'answer' });
    for (const person of [one, two])
      await person.line.raw('peer_connected', {
        ...{ playerId: person.id, sessionId, inputKey: person.key.inputKey, route: 'direct' },
      });
    const { config } = accepted;
    const script = inputsFor(config);
    fights += 1;
    for (const person of [one, two]) {
      person.manner = pick(MANNERS);
      person.turnsAt = 60 + (random() % 900);
      person.begin({
        ...{ sessionId, script, startedAt: arcade.clock.now(), pressed: 0, sent: 0, hasReported: false },
        config: { ...config, playerIndex: person === one ? 1 : 2 },
        quietSince: arcade.clock.now(),
      });
    }
  }

  async function happen(): Promise<void> {
    const person = pick(people.filter(isThere));
    if (!person) return;
    const { bout } = person;
    if (!bout) {
      const free = others(person).filter((other) => isThere(other) && !other.bout);
      if (free.length > 0) await meet(person, pick(free));
      return;
    }
    const { sessionId } = bout;
    const mine = { playerId: person.id, sessionId };
    const what = random() % 100;
    if (what < 6) await person.reload();
    else if (what < 9) {
      person.second?.close();
      person.secondTab = `second-${random()}`;
      person.second = await arcade.connect(person.id, person.secondTab);
    } else if (what < 11 && person.second) {
      const taken = await person.second.raw('take_over', mine);
      if (taken.ok) {
        person.second.heard.unshift(...person.line.heard);
        [person.line, person.second] = [person.second, undefined];
        person.tab = person.secondTab;
      }
    } else if (what < 13) {
      person.fail();
      await person.line.raw('leave_match', mine);
    } else if (what < 16) await person.line.raw('pause_match', mine);
    else if (what < 19) await person.line.raw('resume_match', mine);
    else if (what < 21) {
      person.line.close();
      await person.line.closed();
      const steps = chance(0.5) ? random() % SHORT_ABSENCE_STEPS : 60;
      if (steps >= SHORT_ABSENCE_STEPS) person.fail();
      away.set(person, steps);
    } else if (what < 22) {
      await arcade.restart();
      for (const one of people)
        if (isThere(one)) {
          one.second = undefined;
          await one.comeBack();
        }
    } else if (what < 24) {
      // Somebody else's session is nobody's business.
      const stranger = others(person).find((one) => one.bout?.sessionId !== sessionId);
      const answer = await stranger?.line.raw('relay_data', { sessionId, data: Uint8Array.of(7) });
      if (answer?.ok) findings.push(`a stranger relayed in ${sessionId}`);
    }
  }

  async function look(): Promise<void> {
    const active = await arcade.db.matchSession.findMany({
      where: { status: { in: ['accepted', 'connecting', 'connected', 'paused'] } },
    });
    for (const { id } of people) {
      const mine = active.filter(({ player1Id, player2Id }) => player1Id === id || player2Id === id);
      if (mine.length > 1) findings.push(`${id} is in ${mine.length} matches at once`);
    }
  }

  for (let step = 0; step < options.steps; step += 1) {
    arcade.clock.advance(STEP_MS);
    for (const [person, left] of away)
      if (left > 0) away.set(person, left - 1);
      else {
        away.delete(person);
        await person.comeBack();
      }
    for (const person of people) if (isThere(person)) await person.mend();
    for (const person of people)
      if (isThere(person) && person.bout) {
        const opponent = others(person).find((one) => one.bout?.sessionId === person.bout?.sessionId);
        if (opponent) await person.play(opponent);
        else person.bout = undefined;
      }
    if (chance(0.35)) await happen();
    if (step % 10 === 0) await look();
    await judgeHonest();
  }

  /** Who kept to the rules and was there has lost nothing but by the fight itself. */
  async function judgeHonest(): Promise<void> {
    for (const person of people) {
      for (const ended of person.line.all('match_ended')) {
        const key = `${person.id} ${ended.sessionId}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const row = await arcade.db.matchSession.findUnique({
          where: { id: ended.sessionId },
          include: { result: true },
        });
        const side = row?.player1Id === person.id ? 1 : 2;
        const { reason, cause = '', winner } = ended;
        ends[`${reason} ${cause}`.trim()] = (ends[`${reason} ${cause}`.trim()] ?? 0) + 1;
        const isLost = reason === 'forfeit' && winner !== side;
        if (isLost && person.keptToTheRules(ended.sessionId))
          findings.push(`honest ${person.id} lost ${ended.sessionId} by ${cause}`);
        if (row?.result && row.result.winner !== winner)
          findings.push(`${key}: told ${winner}, stored otherwise`);
        if (row?.result?.frames === 0 && winner !== 0) findings.push(`${key}: somebody won nothing`);
      }
      for (const event of ['sdp_offer_received', 'relay_data', 'opponent_inputs'] as const)
        for (const { sessionId } of person.line.all(event))
          if (!(await isOf(person, sessionId))) findings.push(`${person.id} heard ${event} of ${sessionId}`);
    }
  }

  async function isOf(person: Person, sessionId: string): Promise<boolean> {
    const key = `${person.id} in ${sessionId}`;
    if (seen.has(key)) return true;
    const row = await arcade.db.matchSession.findUnique({ where: { id: sessionId } });
    const isTheirs = row?.acceptedAt !== null && [row?.player1Id, row?.player2Id].includes(person.id);
    if (isTheirs) seen.add(key);
    return isTheirs;
  }

  for (const person of people) {
    person.line.close();
    person.second?.close();
  }
  return { steps: options.steps, fights, ends, findings };
}
