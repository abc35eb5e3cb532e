import { counter } from '../../metrics';

export const streamsServed = counter('arcade_gateway_call_streams_total', 'Call streams by how they ended', [
  'end',
]);
export const streamCalls = counter('arcade_gateway_stream_calls_total', 'Calls that came over call streams', [
  'end',
]);
