import { backwardLayer, type Floats, forwardLayer } from './layer';
import type { Random } from './random';

/** One fully connected layer: views into the network's flat arrays, and its own work space. */
interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** `inputs × outputs`, row-major: the weights that leave one input lie together. */
  readonly weights: Floats;
  readonly biases: Floats;
  readonly weightGradients: Floats;
  readonly biasGradients: Floats;
  /** `maxBatch × outputs`: what the layer gave in the last forward pass. */
  readonly activations: Floats;
  /** `maxBatch × outputs`: the loss's derivative by what the layer gave. */
  readonly deltas: Floats;
  /** Hidden layers are rectified (ReLU); the last one is linear. */
  readonly rectified: boolean;
}

/** A multi-layer perceptron. All its memory is taken when it is created. */
export interface Network {
  /** Width of every layer, the observation's first. */
  readonly sizes: readonly number[];
  readonly maxBatch: number;
  /** Every weight and bias in one array, layer after layer, so that a copy of a network is one copy. */
  readonly parameters: Floats;
  /** The loss's derivative by each of `parameters`, as the last backward pass left it. */
  readonly gradients: Floats;
  readonly layers: readonly Layer[];
}

export interface NetworkOptions {
  /** Width of every layer: observation, hidden ones, outputs. */
  readonly sizes: readonly number[];
  /** The largest number of rows that `forward` and `backward` will be given. */
  readonly maxBatch: number;
  /** Source of the initial weights. */
  readonly random: Random;
  /** 64 bits are for checking gradients; learning is fine with 32. */
  readonly bits?: 32 | 64;
}

/**
 * Creates a network with He's initial weights for rectified layers (arXiv:1502.01852), the last
 * layer's and all biases zero: before it learns, a network answers zero to everything.
 * @throws RangeError if there are fewer than two sizes, or one is not a positive integer.
 */
export function createNetwork(options: NetworkOptions): Network {
  const { sizes, maxBatch, random, bits = 32 } = options;
  if (sizes.length < 2 || [...sizes, maxBatch].some((size) => !Number.isInteger(size) || size < 1)) {
    throw new RangeError(
      `A network needs two or more positive sizes and a batch, got [${sizes}] × ${maxBatch}`,
    );
  }
  const allocate = (length: number): Floats =>
    bits === 64 ? new Float64Array(length) : new Float32Array(length);

  const pairs = sizes.slice(1).map((outputs, index) => ({ inputs: sizes[index] ?? 0, outputs }));
  const count = pairs.reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0);
  const parameters = allocate(count);
  const gradients = allocate(count);

  let offset = 0;
  const layers = pairs.map(({ inputs, outputs }, index): Layer => {
    const biasesAt = offset + inputs * outputs;
    const end = biasesAt + outputs;
    const rectified = index < pairs.length - 1;
    const weights = parameters.subarray(offset, biasesAt);
    const deviation = rectified ? Math.sqrt(2 / inputs) : 0;
    for (let i = 0; i < weights.length; i++) weights[i] = random.normal() * deviation;
    const layer: Layer = {
      inputs,
      outputs,
      weights,
      biases: parameters.subarray(biasesAt, end),
      weightGradients: gradients.subarray(offset, biasesAt),
      biasGradients: gradients.subarray(biasesAt, end),
      activations: allocate(maxBatch * outputs),
      deltas: allocate(maxBatch * outputs),
      rectified,
    };
    offset = end;
    return layer;
  });
  return { sizes, maxBatch, parameters, gradients, layers };
}

/**
 * Computes the outputs for `batch` rows of inputs. Allocates nothing.
 * @param inputs row-major, at least `batch × sizes[0]`; it must stay as it is until `backward`.
 * @returns row-major `batch × outputs`, valid until the next forward pass; the array may be longer.
 */
export function forward(network: Network, inputs: Floats, batch: number): Floats {
  assertBatch(network, batch);
  let values = inputs;
  for (const layer of network.layers) {
    forwardLayer(layer, values, layer.activations, batch);
    values = layer.activations;
  }
  return values;
}

/**
 * Computes `gradients` for the rows of the last forward pass. Allocates nothing.
 * @param inputs the same array that `forward` was given.
 * @param outputGradients the loss's derivative by every output, row-major, at least `batch × outputs`.
 */
export function backward(network: Network, inputs: Floats, outputGradients: Floats, batch: number): void {
  assertBatch(network, batch);
  let deltas = outputGradients;
  for (let index = network.layers.length - 1; index >= 0; index--) {
    const layer = network.layers[index];
    if (!layer) continue;
    const below = network.layers[index - 1];
    backwardLayer(layer, below ? below.activations : inputs, deltas, below?.deltas, batch);
    if (below) deltas = below.deltas;
  }
}

/** Makes `to` answer as `from` does. @throws RangeError if their shapes differ. */
export function copyParameters(from: Network, to: Network): void {
  if (from.parameters.length !== to.parameters.length) {
    throw new RangeError(`Networks of shapes [${from.sizes}] and [${to.sizes}] hold different parameters`);
  }
  to.parameters.set(from.parameters);
}

function assertBatch(network: Network, batch: number): void {
  if (batch < 1 || batch > network.maxBatch) {
    throw new RangeError(`A batch has 1 to ${network.maxBatch} rows, got ${batch}`);
  }
}
