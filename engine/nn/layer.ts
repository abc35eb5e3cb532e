/** Numbers of a network: 32 bits to learn, 64 to check gradients. */
export type Floats = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

interface LayerParameters {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Floats;
  readonly biases: Floats;
  readonly rectified: boolean;
}

interface LayerGradients extends LayerParameters {
  readonly weightGradients: Floats;
  readonly biasGradients: Floats;
}

/**
 * `results = inputs · weights + biases`, rectified if the layer is. Inputs that are zero, about
 * half of what a rectified layer gives, cost nothing.
 */
export function forwardLayer(layer: LayerParameters, inputs: Floats, results: Floats, batch: number): void {
  const { inputs: width, outputs, weights, biases, rectified } = layer;
  for (let row = 0; row < batch; row++) {
    const from = row * width;
    const to = row * outputs;
    for (let o = 0; o < outputs; o++) results[to + o] = biases[o] ?? 0;
    for (let i = 0; i < width; i++) {
      const input = inputs[from + i] ?? 0;
      if (input === 0) continue;
      const at = i * outputs;
      for (let o = 0; o < outputs; o++) {
        results[to + o] = (results[to + o] ?? 0) + input * (weights[at + o] ?? 0);
      }
    }
    if (!rectified) continue;
    for (let o = 0; o < outputs; o++) {
      if (!((results[to + o] ?? 0) > 0)) results[to + o] = 0;
    }
  }
}

/**
 * Fills the layer's gradients from `deltas` (the loss's derivative by its results) and, unless it
 * is the first layer, `inputDeltas` (the derivative by its inputs, which a rectified layer gave).
 */
export function backwardLayer(
  layer: LayerGradients,
  inputs: Floats,
  deltas: Floats,
  inputDeltas: Floats | undefined,
  batch: number,
): void {
  const { inputs: width, outputs, weights, weightGradients, biasGradients } = layer;
  weightGradients.fill(0);
  biasGradients.fill(0);
  for (let row = 0; row < batch; row++) {
    const from = row * width;
    const to = row * outputs;
    for (let o = 0; o < outputs; o++) biasGradients[o] = (biasGradients[o] ?? 0) + (deltas[to + o] ?? 0);
    for (let i = 0; i < width; i++) {
      const input = inputs[from + i] ?? 0;
      // A rectified unit that gave zero passes nothing back, and its outgoing weights did nothing.
      if (input === 0) {
        if (inputDeltas) inputDeltas[from + i] = 0;
        continue;
      }
      const at = i * outputs;
      let delta = 0;
      for (let o = 0; o < outputs; o++) {
        const outputDelta = deltas[to + o] ?? 0;
        delta += outputDelta * (weights[at + o] ?? 0);
        weightGradients[at + o] = (weightGradients[at + o] ?? 0) + input * outputDelta;
      }
      if (inputDeltas) inputDeltas[from + i] = delta;
    }
  }
}
