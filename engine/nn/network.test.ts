import { describe, expect, it } from 'vitest';
import { applyAdam, createAdam } from './adam';
import { backward, copyParameters, createNetwork, forward, type Network } from './network';
import { createRandom } from './random';

function halfSquaredError(
  network: Network,
  inputs: Float64Array<ArrayBuffer>,
  targets: number[],
  batch: number,
) {
  const outputs = forward(network, inputs, batch);
  return targets.reduce((sum, target, i) => sum + ((outputs[i] ?? 0) - target) ** 2 / 2, 0);
}

describe('a network', () => {
  it('computes the gradients that finite differences find, in float64', () => {
    const random = createRandom(7);
    const network = createNetwork({ sizes: [5, 8, 6, 3], maxBatch: 4, random, bits: 64 });
    // The initial last weights are zero, which would leave the other layers without gradients.
    for (let i = 0; i < network.parameters.length; i++) network.parameters[i] = random.normal() * 0.5;
    const inputs = Float64Array.from({ length: 4 * 5 }, () => random.normal());
    const targets = Array.from({ length: 4 * 3 }, () => random.normal());

    const outputs = forward(network, inputs, 4);
    const outputGradients = Float64Array.from(targets, (target, i) => (outputs[i] ?? 0) - target);
    backward(network, inputs, outputGradients, 4);
    const gradients = network.gradients.slice();

    const h = 1e-6;
    let nonZero = 0;
    for (let i = 0; i < network.parameters.length; i++) {
      const value = network.parameters[i] ?? 0;
      network.parameters[i] = value + h;
      const above = halfSquaredError(network, inputs, targets, 4);
      network.parameters[i] = value - h;
      const below = halfSquaredError(network, inputs, targets, 4);
      network.parameters[i] = value;
      expect(gradients[i]).toBeCloseTo((above - below) / (2 * h), 6);
      if (gradients[i] !== 0) nonZero += 1;
    }
    expect(nonZero).toBeGreaterThan(network.parameters.length / 2);
  });

  it('is the same for the same seed and another for another', () => {
    const create = (seed: number) =>
      createNetwork({ sizes: [3, 4, 2], maxBatch: 1, random: createRandom(seed) });
    expect(create(1).parameters).toEqual(create(1).parameters);
    expect(create(1).parameters).not.toEqual(create(2).parameters);
  });

  it('answers each row of a batch as it would answer the row alone', () => {
    const random = createRandom(3);
    const network = createNetwork({ sizes: [4, 16, 3], maxBatch: 8, random });
    for (let i = 0; i < network.parameters.length; i++) network.parameters[i] = random.normal();
    const rows = Float32Array.from({ length: 8 * 4 }, () => random.normal());
    const together = forward(network, rows, 8).slice(0, 8 * 3);
    for (let row = 0; row < 8; row++) {
      const alone = forward(network, rows.slice(row * 4, row * 4 + 4), 1).slice(0, 3);
      expect(alone).toEqual(together.slice(row * 3, row * 3 + 3));
    }
  });

  it('learns exclusive or, which no linear function can', () => {
    const network = createNetwork({ sizes: [2, 16, 1], maxBatch: 4, random: createRandom(11) });
    const adam = createAdam(network, 0.01);
    const inputs = Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1);
    const targets = [0, 1, 1, 0];
    const outputGradients = new Float32Array(4);
    for (let update = 0; update < 1000; update++) {
      const outputs = forward(network, inputs, 4);
      for (let i = 0; i < 4; i++) outputGradients[i] = (outputs[i] ?? 0) - (targets[i] ?? 0);
      backward(network, inputs, outputGradients, 4);
      applyAdam(adam, network);
    }
    const outputs = [...forward(network, inputs, 4)].map((value) => Math.round(value * 10) / 10);
    expect(outputs.map(Math.abs)).toEqual(targets);
  });

  it('refuses shapes and batches it has no memory for', () => {
    const random = createRandom(1);
    expect(() => createNetwork({ sizes: [3], maxBatch: 1, random })).toThrow(RangeError);
    expect(() => createNetwork({ sizes: [3, 0], maxBatch: 1, random })).toThrow(RangeError);
    const network = createNetwork({ sizes: [3, 2], maxBatch: 2, random });
    expect(() => forward(network, new Float32Array(9), 3)).toThrow('1 to 2 rows');
    const other = createNetwork({ sizes: [3, 3], maxBatch: 2, random });
    expect(() => copyParameters(network, other)).toThrow(RangeError);
  });
});

describe('adam', () => {
  it('never moves a weight much further than the learning rate, however large the gradient', () => {
    const network = createNetwork({ sizes: [2, 2], maxBatch: 1, random: createRandom(5) });
    const adam = createAdam(network, 0.001);
    const before = network.parameters.slice();
    network.gradients.fill(1e6);
    applyAdam(adam, network);
    const moved = Array.from(before, (value, i) => Math.abs(value - (network.parameters[i] ?? 0)));
    expect(Math.max(...moved)).toBeLessThan(0.00101);
    expect(Math.min(...moved)).toBeGreaterThan(0.0009);
  });
});
