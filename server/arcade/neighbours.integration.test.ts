import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FightRuling } from '../../proto/rules';
import { type OddServer, says, startOddServer } from '../upstream/web/testing/odd-server';
import type { GameMaster } from './narrator';
import type { RuleEngine } from './referee';
import { ascend } from './testing/climb';
import { type House, openHouse, PRIZES } from './testing/house';
import { win } from './testing/play';

let house: House;
let odd: OddServer;
let theirs: ReturnType<House['at']>;
beforeAll(async () => {
  house = await openHouse();
  odd = await startOddServer(() => {});
});
afterAll(async () => {
  await odd.close();
  await house.close();
});
afterEach(() => theirs?.close());

/** As a rule engine might say it of a fight that was won, but for what a test makes of it. */
const ruling = (more: Partial<FightRuling>): FightRuling => ({
  session_id: 's',
  kind: 'arcade',
  over: true,
  winner: 1,
  reason: 'knockout',
  frames: 600,
  checksum: 1,
  health: [
    { points: 900, percent: 90 },
    { points: 0, percent: 0 },
  ],
  rounds: [{ winner: 1, frames: 400, health: [90, 0] }],
  drops: [],
  first_difference: null,
  ...more,
});

const hanging = () => {};
const nonsense = (_req: unknown, res: { end(text: string): void }) => res.end('<h1>Welcome to nginx!</h1>');

/** The longest that a neighbour was waited for since the test began, in milliseconds. */
let waitedMs = 0;
beforeEach(() => {
  waitedMs = 0;
});

/** A neighbour that is timed while it is waited for: what the arcade reckons afterwards takes as long as the machine needs. */
const watched =
  <Asked extends unknown[], Answer>(
    neighbour: (...asked: [...Asked, AbortSignal]) => Promise<Answer>,
  ): ((...asked: [...Asked, AbortSignal]) => Promise<Answer>) =>
  async (...asked) => {
    const began = performance.now();
    const signal = asked[asked.length - 1];
    const done = () => {
      waitedMs = Math.max(waitedMs, performance.now() - began);
    };
    if (signal instanceof AbortSignal) signal.addEventListener('abort', done);
    try {
      return await neighbour(...asked);
    } finally {
      if (!(signal instanceof AbortSignal && signal.aborted)) done();
    }
  };

describe('a rule engine', () => {
  const ways: Readonly<Record<string, Parameters<OddServer['become']>[0]>> = {
    hangs: hanging,
    'talks of something else': nonsense,
    fails: says({ message: 'oh no' }, 500),
    'says that somebody else has won': says(ruling({ winner: 7 })),
    'hands out what was not declared': says(ruling({ drops: [901, 666] })),
    'hands out one thing twice': says(ruling({ drops: [901, 901] })),
    'counts frames that were never played': says(ruling({ frames: 19_000 })),
    'knows of health beyond all': says(ruling({ health: [{ points: 1, percent: 900 }] })),
    'names a winner of what has no end': says(ruling({ over: false })),
    'rules on another kind of fight': says(ruling({ kind: 'match' })),
  };

  it.each(Object.keys(ways))(
    'that %s is not heard: the arcade rules by itself after 2.5 s at most',
    async (name) => {
      odd.become(ways[name] ?? hanging);
      theirs = house.at(odd.url);
      const climber = await ascend(house, PRIZES);
      const view = await climber.open();
      const won = win(view);
      house.clock.pass(200_000);
      const value = await climber.report(
        view,
        won,
        {},
        house.another({ ruleEngine: watched(theirs.ruleEngine) }),
      );
      expect(value).toMatchObject({ winner: 1, frames: won.told.frames, ruledBy: 'arcade', differs: false });
      expect(waitedMs).toBeLessThan(3_000);
      const { turns } = await house.database.db.storySession.findUniqueOrThrow({
        where: { id: climber.run.runId },
        include: { turns: { where: { type: 'fight' } } },
      });
      expect(turns[0]?.stateChanges).toMatchObject({
        ruling: { ruledBy: 'arcade', why: expect.any(String), checksum: won.told.checksum },
      });
    },
  );

  it('that is away is not waited for', async () => {
    theirs = house.at('http://127.0.0.1:1');
    const climber = await ascend(house, PRIZES);
    const view = await climber.open();
    const won = win(view);
    house.clock.pass(200_000);
    const value = await climber.report(
      view,
      won,
      {},
      house.another({ ruleEngine: watched(theirs.ruleEngine) }),
    );
    expect(value).toMatchObject({ winner: 1, ruledBy: 'arcade' });
    expect(waitedMs).toBeLessThan(3_000);
  });

  it('of somebody else’s decides who has won, within what was declared', async () => {
    const stranger: RuleEngine = async () => ruling({ winner: 1, frames: 10, drops: [902] });
    const climber = await ascend(house, PRIZES);
    const view = await climber.open();
    const won = win(view);
    house.clock.pass(200_000);
    const answer = await climber.report(view, won, {}, house.another({ ruleEngine: stranger }));
    expect(answer).toMatchObject({
      winner: 1,
      healthLeft: 90,
      ruledBy: 'rule engine',
      drops: [{ id: 'sash' }],
    });
  });
});

describe('a game master', () => {
  it.each([
    ['hangs', hanging],
    ['talks of something else', nonsense],
    ['fails', says({ message: 'oh no' }, 503)],
  ])(
    'that %s costs no line: after a second at most the arcade’s own director says one',
    async (_name, behave) => {
      odd.become(behave);
      theirs = house.at(odd.url);
      let asked = 0;
      const counted: GameMaster = (question, signal) => {
        asked += 1;
        return theirs.gameMaster(question, signal);
      };
      const arcade = house.another({ gameMaster: watched(counted) });
      const begun = await arcade.start(await house.somebody(), PRIZES);
      expect(begun.lines[0]?.text).toBe('You are early. So is he.');
      const climber = await ascend(house, PRIZES);
      asked = 0;
      const view = await climber.open(arcade);
      expect(view.lines).toMatchObject({ before: { text: expect.any(String) }, won: {}, lost: {} });
      expect(asked).toBe(4);
      expect(waitedMs).toBeGreaterThan(0);
      expect(waitedMs).toBeLessThan(1_500);
    },
  );

  it('that is away costs no line', async () => {
    theirs = house.at('http://127.0.0.1:1');
    const arcade = house.another({ gameMaster: watched(theirs.gameMaster) });
    const begun = await arcade.start(await house.somebody(), PRIZES);
    expect(begun.lines).toHaveLength(1);
    expect(waitedMs).toBeLessThan(1_500);
  });

  it.each([
    [100, 50],
    [0, 10],
  ])('that orders level %s is held within the sway that the story gives', async (ordered, level) => {
    const wild: GameMaster = async () => ({
      ...{
        session_id: 's',
        prompt_type: 'opponent',
        narrative: 'Fight!',
        speaker: null,
        line_id: null,
        source: 'director',
      },
      ...{ is_pending: false, effects: [] },
      direction: {
        ...{ level: ordered, opponent: 'somebody-else', pace: 9, phase: 'build_up', intensity: 0 },
        ...{ expected_win_percent: 50, reasons: [] },
      },
    });
    const climber = await ascend(house, PRIZES);
    const view = await climber.open(house.another({ gameMaster: wild }));
    expect(view.opponent).toMatchObject({ level, pace: 2 });
    expect(view.characters).toEqual([1, 2]);
  });

  it('changes nothing by what it says of its lines: effects are the ladder’s own', async () => {
    odd.become(
      says({
        ...{
          session_id: 's',
          prompt_type: 'rest',
          narrative: 'Take all.',
          speaker: 'coach',
          line_id: 'x'.repeat(5_000),
        },
        ...{ source: 'director', is_pending: false, effects: [{ item: 'coin', quantity: 9 }] },
      }),
    );
    theirs = house.at(odd.url);
    const arcade = house.another({ gameMaster: theirs.gameMaster });
    const climber = await ascend(house, PRIZES);
    await climber.fight('win', arcade);
    const tokens = climber.run.continues.tokens;
    climber.run = await arcade.rest(climber.climber, climber.at);
    expect(climber.run.continues.tokens).toBe(tokens);
    expect(climber.run.lines[0]).toMatchObject({ text: 'Take all.', speaker: { id: 'coach' } });
    const row = await house.database.db.arcadeRun.findUnique({ where: { id: climber.run.runId } });
    expect(row?.said.every((id) => id.length <= 200)).toBe(true);
  });
});
