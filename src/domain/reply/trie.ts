// Longest match of a known word at a place in the text. Words are strings of any symbols (characters or syllables).

interface Node<T> {
  readonly next: Map<string, Node<T>>;
  value?: T;
}

export interface Match<T> {
  readonly value: T;
  readonly length: number;
}

/** A string goes by UTF-16 units, as the places of the text do. */
const symbolsOf = (word: string | readonly string[]): readonly string[] =>
  typeof word === 'string' ? word.split('') : word;

export class Trie<T> {
  readonly #root: Node<T> = { next: new Map() };

  /** The first value given for a word stays, unless `replace` says otherwise. */
  add(word: string | readonly string[], value: T, replace = false): void {
    let node = this.#root;
    for (const symbol of symbolsOf(word)) {
      let child = node.next.get(symbol);
      if (child === undefined) {
        child = { next: new Map() };
        node.next.set(symbol, child);
      }
      node = child;
    }
    if (node !== this.#root && (node.value === undefined || replace)) node.value = value;
  }

  get(word: string | readonly string[]): T | undefined {
    let node: Node<T> | undefined = this.#root;
    for (const symbol of symbolsOf(word)) node = node?.next.get(symbol);
    return node?.value;
  }

  /** `symbolAt` may return null where nothing can match. The cost is bounded by the longest word. */
  longest(at: number, symbolAt: (index: number) => string | null | undefined): Match<T> | null {
    let node: Node<T> | undefined = this.#root;
    let best: Match<T> | null = null;
    for (let i = at; ; i++) {
      const symbol = symbolAt(i);
      node = symbol == null ? undefined : node.next.get(symbol);
      if (node === undefined) return best;
      if (node.value !== undefined) best = { value: node.value, length: i - at + 1 };
    }
  }
}
