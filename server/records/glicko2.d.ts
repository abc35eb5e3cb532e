/** What we use of `glicko2` 1.2.2, which brings no types. */
declare module 'glicko2' {
  export interface Player {
    getRating(): number;
    getRd(): number;
    getVol(): number;
    setRd(rd: number): void;
  }
  export class Glicko2 {
    constructor(settings: { tau: number; rating: number; rd: number; vol: number });
    makePlayer(rating: number, rd: number, vol: number): Player;
    /** Results of one rating period: 1 the first has won, 0.5 a draw, 0 lost. */
    updateRatings(matches: readonly (readonly [Player, Player, number])[]): void;
  }
}
