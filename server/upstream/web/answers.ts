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
