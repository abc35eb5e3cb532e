/** Frames per second, on every machine; everything that counts frames or turns them into time reads it here. */
export const FRAMES_PER_SECOND = 60;
/** How long a frame lasts, in milliseconds. */
export const FRAME_MS = 1000 / FRAMES_PER_SECOND;
