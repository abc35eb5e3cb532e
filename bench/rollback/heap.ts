import { measureHeap } from './session';

/** Prints what a tick takes of the heap, as JSON; a test holds it at nothing. Run with --expose-gc. */
console.log(JSON.stringify(measureHeap(256)));
