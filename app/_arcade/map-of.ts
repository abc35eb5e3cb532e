import type { RunView } from '@/server/arcade/views';
import type { Words } from './use-words';

/** The map of an act as `ActMap` draws it: the steps along a road that winds upwards, those that may follow marked. */
export function mapOf({ act }: RunView, of: (words: Words) => string) {
  const last = Math.max(1, act.nodes.length - 1);
  const nodes = act.nodes.map(({ id, title, kind, state }, index) => ({
    id,
    // Names only where one may go: where one is stands below, and names beside each other can't be read.
    ...(state === 'open' ? { label: of(title) } : {}),
    kind,
    state,
    // From the left foot of the picture to its right head, in its own units (0 to 1).
    x: 0.12 + (0.76 * index) / last,
    y: 0.72 - (0.44 * index) / last + 0.1 * Math.sin(index * 2.2),
  }));
  const roads = nodes.slice(1).map((node, index) => ({ from: nodes[index]?.id ?? '', to: node.id }));
  return { nodes, roads };
}
