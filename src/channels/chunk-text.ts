// Cuts texts to what a platform takes, never inside a character: by bytes where it counts bytes, by characters where it
// counts those. Pure.

const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** What a person takes for one character: an emoji with its modifiers is never torn apart. */
const characters = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

export const byteLength = (text: string): number => Buffer.byteLength(text, 'utf8');
/** In code points, as platforms that write 字 seem to count. */
export const charLength = (text: string): number => [...text].length;

type Measure = (text: string) => number;

const cut = (text: string, most: number, measure: Measure, mark: string): string => {
  if (measure(text) <= most) return text;
  const room = most - measure(mark);
  let kept = '';
  let size = 0;
  for (const character of characters(text.slice(0, most * 2 + 2))) {
    size += measure(character);
    if (size > room) break;
    kept += character;
  }
  return kept.trimEnd() + mark;
};

/** The text itself, or as much of it as leaves room for the mark that says it goes on. */
export const cutToBytes = (text: string, most: number, mark = '…'): string => cut(text, most, byteLength, mark);
export const cutToChars = (text: string, most: number, mark = '…'): string => cut(text, most, charLength, mark);

const chunks = (text: string, most: number, measure: Measure): string[] => {
  const done: string[] = [];
  let open = '';
  const close = () => {
    if (open.trim() !== '') done.push(open);
    open = '';
  };
  for (const line of text.split('\n')) {
    const joined = open === '' ? line : `${open}\n${line}`;
    if (measure(joined) <= most) {
      open = joined;
      continue;
    }
    close();
    if (measure(line) <= most) {
      open = line;
      continue;
    }
    for (const character of characters(line)) {
      if (measure(open) + measure(character) > most) close();
      open += character;
    }
  }
  close();
  return done;
};

/** Pieces of at most `most` that together are the text: at line ends where there are any, else between characters. */
export const chunksOfBytes = (text: string, most: number): string[] => chunks(text, most, byteLength);
export const chunksOfChars = (text: string, most: number): string[] => chunks(text, most, charLength);
