import type { Floats } from './layer';
import type { Network } from './network';

/** Adam's memory for one network (arXiv:1412.6980). */
export interface Adam {
  readonly firstMoments: Floats;
  readonly secondMoments: Floats;
  readonly learningRate: number;
  /** Gradients whose Euclidean norm is larger are scaled down to it. */
  readonly maxGradientNorm: number;
  updates: number;
}

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

/** Creates an optimizer for a network of this shape. `learningRate` is the largest change of a weight in one update. */
export function createAdam(network: Network, learningRate: number, maxGradientNorm = 10): Adam {
  return {
    firstMoments: network.parameters.slice().fill(0),
    secondMoments: network.parameters.slice().fill(0),
    learningRate,
    maxGradientNorm,
    updates: 0,
  };
}

/** Moves the network's parameters against its gradients. Allocates nothing. */
export function applyAdam(adam: Adam, network: Network): void {
  const { parameters, gradients } = network;
  const { firstMoments, secondMoments } = adam;
  adam.updates += 1;

  let squares = 0;
  for (let i = 0; i < gradients.length; i++) squares += (gradients[i] ?? 0) ** 2;
  const norm = Math.sqrt(squares);
  const scale = norm > adam.maxGradientNorm ? adam.maxGradientNorm / norm : 1;

  // The two bias corrections of the paper, folded into the step size (its section 2, last paragraph).
  const stepSize = (adam.learningRate * Math.sqrt(1 - BETA_2 ** adam.updates)) / (1 - BETA_1 ** adam.updates);
  for (let i = 0; i < parameters.length; i++) {
    const gradient = (gradients[i] ?? 0) * scale;
    const first = BETA_1 * (firstMoments[i] ?? 0) + (1 - BETA_1) * gradient;
    const second = BETA_2 * (secondMoments[i] ?? 0) + (1 - BETA_2) * gradient * gradient;
    firstMoments[i] = first;
    secondMoments[i] = second;
    parameters[i] = (parameters[i] ?? 0) - (stepSize * first) / (Math.sqrt(second) + EPSILON);
  }
}
