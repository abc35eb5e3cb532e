export type Act = 1 | 2 | 3;

export type NodeState = 'done' | 'here' | 'open' | 'closed';
export type NodeKind = 'fight' | 'scene' | 'rest' | 'map' | 'ending';

export interface MapNode {
  readonly id: string;
  /** Shares of the map's width and height, 0 to 1 from the upper left. */
  readonly x: number;
  readonly y: number;
  readonly state: NodeState;
  readonly kind: NodeKind;
  /** Stands under it. */
  readonly label?: string;
}

export interface MapRoad {
  readonly from: string;
  readonly to: string;
  /** Where it bends to, across its direction, as a share of its length; by default a little. */
  readonly bend?: number;
}
