/** A description and a candidate of the length that browsers make. */
export const SDP = `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n${'a=candidate-of-a-usual-length\r\n'.repeat(40)}`;
export const CANDIDATE = 'candidate:1 1 udp 2122260223 192.0.2.7 54321 typ host generation 0 ufrag abcd';
