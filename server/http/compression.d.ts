/** As much of `compression` as is used here; its published types ask for Express's. */
declare module 'compression' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  interface Options {
    /** Bytes below which an answer is left as it is. */
    threshold?: number;
    brotli?: { params?: Record<number, number> };
    filter?: (req: IncomingMessage, res: ServerResponse) => boolean;
  }

  function compression(
    options?: Options,
  ): (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

  namespace compression {
    function filter(req: IncomingMessage, res: ServerResponse): boolean;
  }

  export default compression;
}
