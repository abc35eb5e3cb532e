/** One stage to fight on: three planes of flat shapes, and one thing that moves. */
export interface Backdrop {
  readonly sky: string;
  readonly floor: string;
  /** Lines and seams of the floor. */
  readonly seam: string;
  /** Hardly moves with the camera. Stage units, y upwards from the floor. */
  far(ctx: CanvasRenderingContext2D, clock: number): void;
  mid(ctx: CanvasRenderingContext2D, clock: number): void;
  /** Moves with the fighters, behind them. */
  near(ctx: CanvasRenderingContext2D, clock: number): void;
}
