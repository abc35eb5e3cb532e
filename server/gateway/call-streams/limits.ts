/** Calls that one stream may have under way. */
export const CREDITS = 1_024;
/** A message of a stream is sent on when it holds so much, whatever else waits in the same turn. Bytes. */
export const MESSAGE_BYTES = 128 << 10;
/** A payload; gRPC servers of ours take messages of up to 1 MiB. Bytes. */
export const PAYLOAD_BYTES = 512 << 10;
/** Entries and characters of a call's metadata. */
export const METADATA_ENTRIES = 32;
export const METADATA_CHARACTERS = 8_192;
