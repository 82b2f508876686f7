// Lets grammY call through Node's own fetch, which honours NODE_USE_ENV_PROXY; grammY's default client does not, and in
// many networks Telegram is reached by a proxy only. grammY hands over a signal of its own kind and an agent: neither is
// known to Node's fetch.

interface GrammyInit extends RequestInit {
  readonly agent?: unknown;
  readonly compress?: unknown;
}

export const fetchForGrammy = async (url: string, init: GrammyInit = {}): Promise<Response> => {
  const { agent: _agent, compress: _compress, signal, ...rest } = init;
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  return fetch(url, { ...rest, signal: controller.signal });
};
