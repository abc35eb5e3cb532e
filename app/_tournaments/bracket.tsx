'use client';

import { useTranslations } from 'next-intl';
import type { PairingView } from '@/server/tournaments/views/pairings';
import { cx } from '../_ui/cx';
import { ScrollArea } from '../_ui/scroll-area';
import { type BracketPart, layOutBracket, type PlacedPairing, type RoundName } from './bracket-layout';
import { PairingBox } from './pairing-box';

/** Pixels: a box, and what is between two. */
const BOX = { width: 216, height: 88 };
const GAP = { x: 36, y: 18 };
/** Boxes above each other that a page of its own width shows whole; more of them scroll. */
const TALL = 16;
const STEP = { x: BOX.width + GAP.x, y: BOX.height + GAP.y };

/**
 * A bracket as it hangs on the wall of a hall: winners go along the lines. Where it is wider than the page it scrolls by
 * itself, and the heads of its rounds stay.
 */
export function Bracket({
  format,
  pairings,
  myPlayerId,
}: {
  format: 'single' | 'double';
  pairings: readonly PairingView[];
  myPlayerId: string | undefined;
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
      {layOutBracket(format, pairings).map((part) => (
        <Part key={part.kind} part={part} myPlayerId={myPlayerId} />
      ))}
    </div>
  );
}

function Part({ part, myPlayerId }: { part: BracketPart; myPlayerId: string | undefined }) {
  const t = useTranslations('tournaments.bracket');
  const wordsOf = useRoundWords();
  const width = part.rounds.length * STEP.x - GAP.x;
  const height = part.height * STEP.y - GAP.y;
  const title = t(`parts.${part.kind}`);
  return (
    <div>
      {part.kind === 'single' ? null : <h3 className="mb-2 text-lead">{title}</h3>}
      <ScrollArea
        label={title}
        className={cx('max-md:max-h-[80dvh]', part.height > TALL && 'md:max-h-[85dvh]')}
      >
        <div className="relative pr-1.5 pb-2" style={{ width: width + 6 }}>
          <div aria-hidden="true" className="sticky top-0 z-10 flex bg-ground pb-2" style={{ gap: GAP.x }}>
            {part.rounds.map(({ name, pairings }) => (
              <span
                key={wordsOf(name)}
                className="shrink-0 border-b-2 border-edge py-1 font-poster"
                style={{ width: BOX.width }}
              >
                {wordsOf(name)} <span className="figure text-data text-quiet">{pairings.length}</span>
              </span>
            ))}
          </div>
          <div className="relative mt-1" style={{ height }}>
            <Lines part={part} width={width} height={height} />
            {part.rounds.map(({ name, pairings }) => (
              <ol key={wordsOf(name)} aria-label={wordsOf(name)}>
                {pairings.map((placed) => (
                  <li key={placed.pairing.pairingId} className="absolute" style={boxAt(placed)}>
                    <PairingBox pairing={placed.pairing} isMine={isOf(placed.pairing, myPlayerId)} />
                  </li>
                ))}
              </ol>
            ))}
          </div>
        </div>
      </ScrollArea>
    </div>
  );
}

const middleAt = ({ middle }: PlacedPairing) => middle * STEP.y - GAP.y / 2;

function boxAt(placed: PlacedPairing) {
  return { ...BOX, left: placed.column * STEP.x, top: middleAt(placed) - BOX.height / 2 };
}

const isOf = ({ player1, player2 }: PairingView, playerId: string | undefined) =>
  playerId !== undefined && (player1?.playerId === playerId || player2?.playerId === playerId);

/** Where winners go; what has been gone is inked. */
function Lines({ part, width, height }: { part: BracketPart; width: number; height: number }) {
  return (
    <svg aria-hidden="true" className="absolute inset-0" width={width} height={height}>
      {part.links.map(({ from, to }) => {
        const startX = from.column * STEP.x + BOX.width;
        const turnX = startX + GAP.x / 2;
        return (
          <path
            key={from.pairing.pairingId}
            d={`M${startX} ${middleAt(from)}H${turnX}V${middleAt(to)}H${to.column * STEP.x}`}
            fill="none"
            strokeWidth={from.pairing.winner === 0 ? 2 : 3}
            className={cx(from.pairing.winner === 0 ? 'stroke-edge' : 'stroke-text')}
          />
        );
      })}
    </svg>
  );
}

/** Says how a round is called. */
export function useRoundWords(): (name: RoundName) => string {
  const t = useTranslations('tournaments.bracket.rounds');
  return (name) => {
    if (name.kind === 'roundOf') return t('roundOf', { players: name.players });
    if (name.kind === 'losersRound') return t('losersRound', { round: name.round });
    return t(name.kind);
  };
}
