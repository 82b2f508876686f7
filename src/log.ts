// The log: one JSON line for each thing that happened (pino). No token, secret or whole mobile number leaves through it:
// errors are reduced to what helps, addresses lose their parameters, and each finished line is looked through once more.
import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

export interface LogOptions {
  readonly level: string;
  /** Values that may stand in no line, wherever they come from. */
  readonly secrets?: readonly string[];
}

export const createLog = ({ level, secrets = [] }: LogOptions, stream?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      hooks: { streamWrite: redactor(secrets) },
    },
    ...(stream ? [stream] : []),
  );

/** pino's own serializer copies every property of an error, request headers of an HTTP client among them. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const { code } = error as { code?: unknown };
  return {
    type: name,
    message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    stack,
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}

/** Parameters of an address that say nothing secret; every other value is left out. */
const harmless = new Set(['after', 'limit', 'campaign', 'on', 'state', 'versions', 'verb', 'as', 'wait']);

/** An address as a log may show it. */
export const loggableUrl = (url: string): string => {
  const [path = '', query] = url.split('?', 2);
  const shown = path.replace(/^(\/(?:form|login|f)\/)[^/]+/, '$1…');
  if (!query) return shown;
  const parameters = query.split('&').map((parameter) => {
    const name = parameter.split('=', 1)[0] ?? '';
    return harmless.has(name) ? parameter : `${name}=…`;
  });
  return `${shown}?${parameters.join('&')}`;
};

const patterns: readonly (readonly [RegExp, string])[] = [
  // Mobile numbers: one that may be a JSON number gives way to another number, in a text it is masked as people do. The
  // last group of a UUID may look like one but for a letter at its edge.
  [/(?<=[:[,])1[3-9]\d{9}(?=[,}\]])/g, '0'],
  [/(?<![\d.]|-[a-f])(?:\+?86)?(1[3-9]\d)\d{4}(\d{4})(?!\d|[a-f]\b)/g, '$1****$2'],
  [/\bBearer\s+[\w.~+/=-]+/gi, 'Bearer …'],
  // A Telegram bot's token stands in the path of each call.
  [/(?<!\d)\d{5,12}:[\w-]{20,}/g, '…'],
  [/([?&;](?:[\w-]*(?:token|secret|key|sign|signature|password|code|ticket|echostr))=)[^&\s"'\\]+/gi, '$1…'],
  // user:password@ of an address
  [/(:\/\/[^\s:/@"]+:)[^\s@"]+@/g, '$1…@'],
];

function redactor(secrets: readonly string[]): (line: string) => string {
  // A short value would tear holes into innocent words. JSON writes some characters otherwise, so both spellings count.
  const known = secrets
    .filter((secret) => secret.length >= 8)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  return (line) => {
    let shown = line;
    for (const secret of known) shown = shown.replaceAll(secret, '…');
    for (const [pattern, replacement] of patterns) shown = shown.replace(pattern, replacement);
    return shown;
  };
}
