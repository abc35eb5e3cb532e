/** Calls in one batch: a page asks for fewer, and each may cost what a request costs. */
export const MAX_BATCH = 20;
