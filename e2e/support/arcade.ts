/** Where the arcade under test serves gRPC; the Playwright configuration starts it there. */
export const GRPC_ADDRESS = `127.0.0.1:${process.env.GRPC_PORT ?? '9090'}`;
