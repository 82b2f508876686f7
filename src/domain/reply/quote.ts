// Sets quoted text apart: it gives no values, but what it names is what a bare reply is about (replies README, 18).

export interface Quoted {
  /** Stretches of the plain text. */
  readonly quotes: readonly (readonly [from: number, to: number])[];
  readonly body: readonly [from: number, to: number];
  /** 接龙: each line is another person's, see relay-list.ts. */
  readonly isRelay: boolean;
}

export const isRelayList = (text: string): boolean => {
  const start = text.slice(0, 200).trimStart();
  return /^#?接[龙龍]/.test(start);
};

const isRule = (line: string): boolean =>
  line.length > 0 && [...line].every((c) => c === '-' || c === ' ' || c === '=');

export const splitQuote = (text: string): Quoted => {
  const quotes: [number, number][] = [];
  let at = 0;
  while (at < text.length && ' \n'.includes(text[at] ?? '')) at++;

  if (text[at] === '「') {
    let depth = 0;
    for (let i = at; i < text.length; i++) {
      if (text[i] === '「') depth++;
      else if (text[i] === '」' && --depth === 0) {
        quotes.push([at + 1, i]);
        at = i + 1;
        break;
      }
    }
  } else if (text.startsWith('引用', at) && (text[at + 2] === ':' || text[at + 2] === '「')) {
    const reply = text.indexOf('回复:', at);
    const line = text.indexOf('\n', at);
    const end = reply > 0 && (line < 0 || reply < line) ? reply : line;
    if (end > 0) {
      quotes.push([at + 3, end]);
      at = end === reply ? end + 3 : end + 1;
    }
  }
  for (;;) {
    while (text[at] === '\n') at++;
    const end = text.indexOf('\n', at);
    const to = end < 0 ? text.length : end;
    const line = text.slice(at, to).trim();
    if (line.startsWith('>')) quotes.push([at + 1, to]);
    else if (!(isRule(line) && quotes.length > 0)) break;
    if (end < 0) {
      at = text.length;
      break;
    }
    at = end + 1;
  }
  return { quotes, body: [at, text.length], isRelay: isRelayList(text.slice(at, at + 200)) };
};
