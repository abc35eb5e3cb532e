import type { ChannelOptions } from '@grpc/grpc-js';

/** How a channel treats its peer. */
export interface ChannelPolicy {
  /**
   * Silence after which a connection with open calls is pinged. What servers tolerate by default without data is one
   * ping in five minutes (grpc core, grpc-go and grpc-java alike); after three earlier ones they end the connection
   * with `too_many_pings`. Milliseconds.
   */
  readonly keepaliveMs: number;
  /** How long a ping may stay unanswered before the connection counts as dead. Milliseconds. */
  readonly keepaliveTimeoutMs: number;
  /** First and longest pause between two attempts to connect. Milliseconds. */
  readonly backoffMs: readonly [first: number, longest: number];
  readonly maxMessageBytes: number;
}

/** The policy of the arcade's own channels. */
export const CHANNEL_POLICY: ChannelPolicy = {
  keepaliveMs: 330_000,
  keepaliveTimeoutMs: 20_000,
  backoffMs: [200, 3_000],
  maxMessageBytes: 4 << 20,
};

/** The policy in grpc-js's words. */
export function channelOptions(policy: ChannelPolicy): ChannelOptions {
  return {
    'grpc.keepalive_time_ms': policy.keepaliveMs,
    'grpc.keepalive_timeout_ms': policy.keepaliveTimeoutMs,
    'grpc.initial_reconnect_backoff_ms': policy.backoffMs[0],
    'grpc.max_reconnect_backoff_ms': policy.backoffMs[1],
    'grpc.max_receive_message_length': policy.maxMessageBytes,
    // A connection belongs to its channel: a new channel never gets one that is broken or waits to try again.
    'grpc.use_local_subchannel_pool': 1,
    // A proxy named in the shell is for the web; it would be asked for loopback, too.
    'grpc.enable_http_proxy': 0,
  };
}
