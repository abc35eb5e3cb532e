import type { IncomingMessage, ServerResponse } from 'node:http';
import findMyWay from 'find-my-way';
import { AppError } from '../errors';
import { MAX_BODY_BYTES } from './body-limit';

/** Values of the `:names` in a route's pattern, decoded. */
export type Params = Readonly<Record<string, string | undefined>>;

export type Handler = (req: IncomingMessage, res: ServerResponse, params: Params) => unknown;

/** Says what went wrong, where a surface has an envelope of its own. */
export type SayError = (res: ServerResponse, error: unknown) => unknown;

/** Looks at a request before its route does. @returns whether it has answered */
export type Enter = (req: IncomingMessage, res: ServerResponse) => boolean;

/** How a surface of its own says its failures, and what it looks at first. */
export interface Surface {
  readonly say: SayError;
  readonly enter: Enter | undefined;
}

/** Longer than every id of ours; a longer one is not found. */
const MAX_PARAM_LENGTH = 500;

/** What routes are made of. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

interface Mounted {
  readonly handler: Handler;
  readonly maxBodyBytes: number;
}

/** Whether a path is the prefix or below it; a prefix with a slash at its end is not a path itself. */
export function isBelow(path: string, prefix: string): boolean {
  return prefix.endsWith('/') ? path.startsWith(prefix) : path === prefix || path.startsWith(`${prefix}/`);
}

/**
 * Who answers which request: routes by method and pattern first, else whoever is mounted at the longest beginning of the
 * path. It grows as the parts start, also under a server that runs.
 */
export class Router {
  readonly #routes = findMyWay({ maxParamLength: MAX_PARAM_LENGTH });
  readonly #mounted = new Map<string, Mounted>();
  readonly #surfaces = new Map<string, Surface>();

  /** Answers GET and HEAD at a pattern such as `/state/sessions/:id`. */
  get(pattern: string, handler: Handler): void {
    this.on(['GET', 'HEAD'], pattern, handler);
  }

  /** Answers some methods at a pattern; at a pattern that anybody answers the other methods are 405. */
  on(methods: Method[], pattern: string, handler: Handler): void {
    this.#routes.on(methods, pattern, handler);
  }

  /** Answers everything at a path and below it, whatever the method; a later call for the same path replaces the former. */
  mount(path: string, handler: Handler, { maxBodyBytes = MAX_BODY_BYTES } = {}): void {
    this.#mounted.set(path, { handler, maxBodyBytes });
  }

  /**
   * Everything below a path belongs to a surface that is asked often and answers machines: it sets its own headers, counts
   * its own requests, and says its own failures, those of the border included.
   */
  surface(path: string, say: SayError, enter?: Enter): void {
    this.#surfaces.set(path, { say, enter });
  }

  /** The surface that a path belongs to; undefined where there is none. */
  surfaceAt(path: string): Surface | undefined {
    for (const [prefix, surface] of this.#surfaces) if (isBelow(path, prefix)) return surface;
    return undefined;
  }

  /** Bytes that a body at this path may have. */
  maxBodyBytes(path: string): number {
    return this.#mountedAt(path)?.maxBodyBytes ?? MAX_BODY_BYTES;
  }

  /**
   * Hands a request on.
   * @param path of the request, without its query, percent-encoded
   * @returns what the handler does: a promise where it is not done yet
   * @throws {AppError} NOT_FOUND; METHOD_NOT_ALLOWED, with `Allow` set; and what the handler throws
   */
  answer(req: IncomingMessage, res: ServerResponse, path: string): unknown {
    const found = this.#find(req.method, path);
    if (found) return found.handler(req, res, found.params, undefined, {});
    const allowed = METHODS.filter((method) => this.#routes.find(method, path));
    if (allowed.length > 0) {
      res.setHeader('allow', allowed.join(', '));
      throw new AppError('METHOD_NOT_ALLOWED', `${path} takes ${allowed.join(', ')}.`);
    }
    const mounted = this.#mountedAt(path);
    if (!mounted) throw new AppError('NOT_FOUND', `There is nothing at ${path}.`);
    return mounted.handler(req, res, {});
  }

  #find(method: string | undefined, path: string) {
    const known = METHODS.find((name) => name === method);
    return known ? this.#routes.find(known, path) : null;
  }

  #mountedAt(path: string): Mounted | undefined {
    let best = '';
    for (const prefix of this.#mounted.keys()) {
      if (isBelow(path, prefix) && prefix.length > best.length) best = prefix;
    }
    return this.#mounted.get(best);
  }
}
