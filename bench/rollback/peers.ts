import {
  type Contestant,
  createHasher,
  createSimulation,
  DEPTH,
  type HashCount,
  inputOf,
} from './simulation';

/** The little of each library that is driven here; they are installed apart, so their types can't be imported. */
interface RollbackNetcodeModule {
  RollbackEngine: new (config: {
    game: {
      serialize(): Uint8Array;
      deserialize(bytes: Uint8Array): void;
      step(inputs: Map<string, Uint8Array>): void;
      hash(): number;
    };
    localPlayerId: string;
  }) => {
    addPlayer(id: string, tick: number): void;
    setLocalInput(tick: number, input: Uint8Array): void;
    receiveRemoteInput(id: string, tick: number, input: Uint8Array): void;
    tick(): unknown;
  };
}

interface TelegraphModule {
  Sync: new (
    config: {
      numPlayers: number;
      callbacks: {
        onSaveState(): { state: Int32Array; checksum: string | null };
        onLoadState(state: Int32Array): void;
        onAdvanceFrame(): void;
      };
    },
    status: { disconnected: boolean; lastFrame: number }[],
  ) => {
    addLocalInput(queue: number, inputs: number[]): unknown;
    addRemoteInput(queue: number, input: { frame: number; inputs: number[] }): void;
    setLastConfirmedFrame(frame: number): void;
    checkSimulation(): void;
    getSynchronizedInputs(): { inputs: number[][] };
    incrementFrame(): void;
  };
}

interface NetplayInput {
  value: number;
  predictNext(): NetplayInput;
}

interface NetplayPlayer {
  isLocalPlayer(): boolean;
  isRemotePlayer(): boolean;
}

interface NetplayModule {
  RollbackNetcode: new (
    isHost: boolean,
    state: {
      tick(inputs: Map<NetplayPlayer, NetplayInput>): void;
      serialize(): number[];
      deserialize(value: number[]): void;
    },
    players: NetplayPlayer[],
    inputs: Map<NetplayPlayer, NetplayInput>,
    maxPredictedFrames: number,
    pingMeasure: undefined,
    timestep: number,
    pollInput: () => NetplayInput,
    broadcastInput: () => void,
    broadcastState: () => void,
  ) => { onRemoteInput(frame: number, player: NetplayPlayer, input: NetplayInput): void; tick(): void };
}

function bytesOf(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, value >>> 8);
}

function numberIn(bytes: Uint8Array | undefined): number {
  return (bytes?.[0] ?? 0) | ((bytes?.[1] ?? 0) << 8);
}

/** rollback-netcode: its engine, without session and transport. It hashes every frame by itself; which hashes are real is up to the game. */
export async function createRollbackNetcode(stateBytes: number, hashes: HashCount): Promise<Contestant> {
  const specifier = 'rollback-netcode';
  const { RollbackEngine }: RollbackNetcodeModule = await import(specifier);
  const simulation = createSimulation(stateBytes);
  const hasher = createHasher(simulation, hashes);
  const engine = new RollbackEngine({
    game: {
      serialize: () => simulation.bytes.slice(),
      deserialize: (bytes) => simulation.bytes.set(bytes),
      step: (inputs) => simulation.step(numberIn(inputs.get('one')), numberIn(inputs.get('two'))),
      hash: () => hasher.hash(),
    },
    localPlayerId: 'one',
  });
  engine.addPlayer('two', 0);
  return {
    name: 'rollback-netcode',
    simulation,
    tick(frame) {
      hasher.beginTick();
      if (frame >= DEPTH) engine.receiveRemoteInput('two', frame - DEPTH, bytesOf(inputOf(1, frame - DEPTH)));
      engine.setLocalInput(frame, bytesOf(inputOf(0, frame)));
      engine.tick();
    },
  };
}

/** telegraph: its port of GGPO's sync layer, without network. */
export async function createTelegraph(stateBytes: number, hashes: HashCount): Promise<Contestant> {
  const specifier = '@tboyt/telegraph/dist/Sync.js';
  const { Sync }: TelegraphModule = await import(specifier);
  const simulation = createSimulation(stateBytes);
  const hasher = createHasher(simulation, hashes);
  function advance(): void {
    const { inputs } = sync.getSynchronizedInputs();
    simulation.step(inputs[0]?.[0] ?? 0, inputs[1]?.[0] ?? 0);
    sync.incrementFrame();
  }
  const status = [0, 1].map(() => ({ disconnected: false, lastFrame: -1 }));
  const callbacks = {
    // It saves before a frame, so the first save of a tick is of the state that the confirmed frame began with.
    onSaveState: () => ({
      state: simulation.words.slice(),
      checksum: hashes === 0 ? null : String(hasher.hash()),
    }),
    onLoadState: (state: Int32Array) => simulation.words.set(state),
    onAdvanceFrame: advance,
  };
  const sync = new Sync({ numPlayers: 2, callbacks }, status);
  return {
    name: 'telegraph',
    simulation,
    tick(frame) {
      hasher.beginTick();
      const known = frame - DEPTH;
      if (known >= 0) {
        sync.addRemoteInput(1, { frame: known, inputs: [inputOf(1, known)] });
        sync.checkSimulation();
        sync.setLastConfirmedFrame(known);
      }
      sync.addLocalInput(0, [inputOf(0, frame)]);
      advance();
    },
  };
}

/** netplayjs: its rollback netcode, as the host that never has to take a state over. */
export async function createNetplay(stateBytes: number, hashes: HashCount): Promise<Contestant> {
  const specifier = 'netplayjs/src/netcode/rollback.ts';
  const { RollbackNetcode }: NetplayModule = await import(specifier);
  const simulation = createSimulation(stateBytes);
  const hasher = createHasher(simulation, hashes);
  const wrap = (value: number): NetplayInput => ({
    value,
    predictNext() {
      return this;
    },
  });
  const one = { isLocalPlayer: () => true, isRemotePlayer: () => false };
  const two = { isLocalPlayer: () => false, isRemotePlayer: () => true };
  let present = 0;
  const state = {
    tick(inputs: Map<NetplayPlayer, NetplayInput>) {
      simulation.step(inputs.get(one)?.value ?? 0, inputs.get(two)?.value ?? 0);
      hasher.hash();
    },
    serialize: () => Array.from(simulation.words),
    deserialize: (value: number[]) => simulation.words.set(value),
  };
  const inputs = new Map<NetplayPlayer, NetplayInput>([
    [one, wrap(0)],
    [two, wrap(0)],
  ]);
  const poll = () => wrap(inputOf(0, present));
  const nothing = () => {};
  const netcode = new RollbackNetcode(
    true,
    state,
    [one, two],
    inputs,
    60,
    undefined,
    16,
    poll,
    nothing,
    nothing,
  );
  return {
    name: 'netplayjs',
    simulation,
    tick(frame) {
      hasher.beginTick();
      // Its frame 0 is the initial state, so that its frames are ours plus one.
      if (frame >= DEPTH) netcode.onRemoteInput(frame - DEPTH + 1, two, wrap(inputOf(1, frame - DEPTH)));
      present = frame;
      netcode.tick();
    },
  };
}
