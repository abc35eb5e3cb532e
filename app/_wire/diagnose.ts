import type { WireMark, WireSample, WireStory } from '../../proto/wire-report';
import { otherSide, type Severity, type Side, type Statement } from './statements';
import { isNear, marksOf, meanOf, medianOf, type Window, windowsOf, worstOf } from './windows';

/** What one page told, if it did. */
export interface TellerStory extends WireStory {
  /** It told to the end. */
  readonly isLast: boolean;
}

/** Of player 1 and player 2. */
export type Tellers = readonly [TellerStory | undefined, TellerStory | undefined];

const SIDES = [1, 2] as const satisfies readonly Side[];

/** Loss that prediction does not hide: packets carry what was lost before, so the odd one is nothing. */
const LOSS = { notePerMille: 20, badPerMille: 50, leastMs: 2_000 };
/** A rollback that everybody sees. */
const DEEP_FRAMES = 8;
const FREEZE_BAD_MS = 400;
const WAIT_BAD_MS = 500;
/** A trouble explains a wait that begins or ends so close to it. */
const EXPLAINS_MS = 1_500;
const SPIKE = { leastMs: 2_000, aboveMs: 40, badAboveMs: 80 };
const FAR = { noteMs: 130, badMs: 200 };
const JITTER = { noteMs: 10, badMs: 20 };
const ROUTE = { leastSamples: 3, leastAddedMs: 5 };
const UNFAIR = { share: 0.7, leastFrames: 120 };

const WEIGHT = { bad: 0, note: 1, good: 2 } as const satisfies Record<Severity, number>;

/** Statements that say nothing against the line. */
const HARMLESS: ReadonlySet<Statement['kind']> = new Set(['missing', 'partial', 'held', 'routed']);

/** What the two stories say about a fight's line: the worst first, then in the order of time. */
export function diagnose(tellers: Tellers): Statement[] {
  const found = [
    ...SIDES.flatMap((side) => ofSide(tellers, side)),
    ...ofLine(tellers),
    ...SIDES.flatMap((side) => unheard(tellers, side)),
  ];
  const { samples } = fullest(tellers);
  if (samples.length > 0 && found.every(({ kind }) => HARMLESS.has(kind)))
    found.unshift({
      ...{ kind: 'steady', severity: 'good', ping: Math.round(medianOf(samples, pingOf)) },
      deepest: deepestOf(tellers.flatMap((one) => one?.samples ?? [])),
    });
  return found.sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity] || atOf(a) - atOf(b));
}

const pingOf = ({ ping }: WireSample) => ping;
const atOf = (statement: Statement) => ('at' in statement ? statement.at : -1);
const deepestOf = (samples: readonly WireSample[]) =>
  samples.reduce((most, { deepest }) => Math.max(most, deepest), 0);

function storyOf(tellers: Tellers, side: Side): TellerStory | undefined {
  return tellers[side - 1];
}

/** Both see the same round trip: the side that saw more of it, and its samples. */
function fullest([one, two]: Tellers): { readonly side: Side; readonly samples: readonly WireSample[] } {
  const [ofOne, ofTwo] = [one?.samples ?? [], two?.samples ?? []];
  return ofTwo.length > ofOne.length ? { side: 2, samples: ofTwo } : { side: 1, samples: ofOne };
}

function ofSide(tellers: Tellers, side: Side): Statement[] {
  const story = storyOf(tellers, side);
  if (!story) return [];
  return [
    ...practice(story, side),
    ...loss(story, side),
    ...frozen(story, side),
    ...waits(tellers, story, side),
    ...jitter(story, side),
    ...events(story, side),
  ];
}

function practice({ marks }: WireStory, side: Side): Statement[] {
  return marksOf(marks, 'practice') ? [{ kind: 'practice', severity: 'bad', side }] : [];
}

function lossWindows({ samples }: WireStory): Window[] {
  return windowsOf(samples, (sample) => sample.loss >= LOSS.notePerMille, LOSS.leastMs);
}

function loss(story: WireStory, side: Side): Statement[] {
  const windows = lossWindows(story);
  const lost = (window: Window) => meanOf(window.samples, (sample) => sample.loss);
  const worst = worstOf(windows, (window) => lost(window) * (window.to - window.at));
  if (!worst) return [];
  const deepest = deepestOf(worst.samples);
  const isBad = lost(worst) >= LOSS.badPerMille || deepest >= DEEP_FRAMES;
  return [
    {
      ...{ kind: 'loss', severity: isBad ? 'bad' : 'note', side, at: worst.at, to: worst.to },
      ...{ percent: Math.round(lost(worst)) / 10, deepest, times: windows.length },
    },
  ];
}

function frozen({ marks }: WireStory, side: Side): Statement[] {
  const found = marksOf(marks, 'frozen');
  const severity = found && found.longestMs >= FREEZE_BAD_MS ? 'bad' : 'note';
  return found ? [{ kind: 'frozen', severity, side, ...found }] : [];
}

/** Waits that nothing else explains: the other's page that stood still, loss on the way, somebody who was gone. */
function waits(tellers: Tellers, story: TellerStory, side: Side): Statement[] {
  const reasons: Omit<WireMark, 'type'>[] = [
    ...(storyOf(tellers, otherSide(side))?.marks ?? []),
    ...story.marks,
  ].filter(({ type }) => type !== 'wait' && type !== 'route' && type !== 'practice');
  for (const { at, to } of lossWindows(story)) reasons.push({ at, span: to - at });
  const found = marksOf(
    story.marks,
    'wait',
    (wait) => !reasons.some((reason) => isNear(wait, reason, EXPLAINS_MS)),
  );
  const severity = found && found.longestMs >= WAIT_BAD_MS ? 'bad' : 'note';
  return found ? [{ kind: 'wait', severity, side, ...found }] : [];
}

function jitter({ samples }: WireStory, side: Side): Statement[] {
  const median = Math.round(medianOf(samples, (sample) => sample.jitter));
  if (median < JITTER.noteMs) return [];
  return [{ kind: 'jitter', severity: median >= JITTER.badMs ? 'bad' : 'note', side, jitter: median }];
}

/** Each page also knows what the other simulated again. */
function unfair(samples: readonly WireSample[], side: Side): Statement[] {
  const here = samples.reduce((sum, { again }) => sum + again, 0);
  const there = samples.reduce((sum, { againThere }) => sum + againThere, 0);
  const share = Math.max(here, there) / Math.max(1, here + there);
  if (here + there < UNFAIR.leastFrames || share < UNFAIR.share) return [];
  const worse = here > there ? side : otherSide(side);
  return [{ kind: 'unfair', severity: 'note', side: worse, percent: Math.round(share * 100) }];
}

function events({ marks }: WireStory, side: Side): Statement[] {
  // The other was away, or hidden; this side heard nothing, or was loaded again.
  return (['reload', 'away', 'held', 'silent'] as const).flatMap((kind): Statement[] => {
    const found = marksOf(marks, kind);
    const who = kind === 'away' || kind === 'held' ? otherSide(side) : side;
    return found ? [{ kind, severity: kind === 'silent' ? 'bad' : 'note', side: who, ...found }] : [];
  });
}

function ofLine(tellers: Tellers): Statement[] {
  const { side, samples } = fullest(tellers);
  if (samples.length === 0) return [];
  const usual = Math.round(medianOf(samples, pingOf));
  const far: Statement[] =
    usual >= FAR.noteMs ? [{ kind: 'far', severity: usual >= FAR.badMs ? 'bad' : 'note', ping: usual }] : [];
  return [...far, ...spikes(samples, usual), ...routes(samples), ...unfair(samples, side)];
}

function spikes(samples: readonly WireSample[], usual: number): Statement[] {
  const above = Math.max(SPIKE.aboveMs, usual / 2);
  const windows = windowsOf(samples, ({ ping }) => ping >= usual + above, SPIKE.leastMs);
  const worst = worstOf(windows, ({ samples: those }) => meanOf(those, pingOf));
  if (!worst) return [];
  const ping = Math.round(meanOf(worst.samples, pingOf));
  const severity = ping >= usual + SPIKE.badAboveMs ? 'bad' : 'note';
  return [{ kind: 'spike', severity, at: worst.at, to: worst.to, ping, usual, times: windows.length }];
}

/** Where the way changed, and what the new one cost; or that there never was a direct one. */
function routes(samples: readonly WireSample[]): Statement[] {
  const [first] = samples;
  if (!first) return [];
  const change = samples.find(({ route }) => route !== first.route);
  if (!change) {
    return first.route === 'direct' ? [] : [{ kind: 'routed', severity: 'note', route: first.route }];
  }
  const before = samples.filter(({ route }) => route === first.route);
  const after = samples.filter(({ route }) => route === change.route);
  const isKnown = before.length >= ROUTE.leastSamples && after.length >= ROUTE.leastSamples;
  const added = Math.round(medianOf(after, pingOf) - medianOf(before, pingOf));
  const addedMs = isKnown && Math.abs(added) >= ROUTE.leastAddedMs ? added : undefined;
  return [{ kind: 'rerouted', severity: 'note', at: change.at, route: change.route, addedMs }];
}

function unheard(tellers: Tellers, side: Side): Statement[] {
  const story = storyOf(tellers, side);
  if (!story) return [{ kind: 'missing', severity: 'note', side }];
  return story.isLast ? [] : [{ kind: 'partial', severity: 'note', side }];
}
