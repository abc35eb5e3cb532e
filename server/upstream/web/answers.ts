/** What a POST of a generated client takes. */
export type BodyOf<Path> = Path extends {
  post: { requestBody: { content: { 'application/json': infer Body } } };
}
  ? Body
  : never;

/** The good half of a generated client's answer; the other one never comes, since the proxy throws. */
export function answerOf<T>({ data }: { readonly data?: T }): T {
  if (data === undefined) throw new Error('unreachable: what is no answer was refused before');
  return data;
}

/** A body as zod's types have it: what may be missing may be undefined, too. */
export type Given<T> = T extends readonly unknown[]
  ? { [K in keyof T]: Given<T[K]> }
  : T extends object
    ? { [K in keyof T]: Record<never, never> extends Pick<T, K> ? Given<T[K]> | undefined : Given<T[K]> }
    : T;

/** A body as OpenAPI's types have it. Through text, as it is sent: what is undefined is not. */
export function asSent<T>(body: Given<T>): T {
  return JSON.parse(JSON.stringify(body));
}
