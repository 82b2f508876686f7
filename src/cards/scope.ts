// The facts of one drawing, with the elements of the lists it is inside. Liquid's own context is made only when needed.
import { Context, type Liquid } from 'liquidjs';

type Frame = Readonly<Record<string, unknown>>;

export class Scope {
  readonly #frames: Frame[];
  readonly #liquid: Liquid;
  #context: Context | null = null;

  constructor(facts: object, liquid: Liquid) {
    this.#frames = [facts as Frame];
    this.#liquid = liquid;
  }

  push(frame: Record<string, unknown>): void {
    this.#frames.push(frame);
    this.#context?.push(frame);
  }

  pop(): void {
    this.#frames.pop();
    this.#context?.pop();
  }

  /** The innermost fact of that name; undefined where there is none. */
  get(name: string): unknown {
    for (let i = this.#frames.length - 1; i >= 0; i -= 1) {
      const frame = this.#frames[i] as Frame;
      if (Object.hasOwn(frame, name)) return frame[name];
    }
    return undefined;
  }

  get context(): Context {
    if (this.#context === null) {
      const [facts, ...inner] = this.#frames;
      this.#context = new Context(facts, this.#liquid.options, { sync: true }, { liquid: this.#liquid });
      for (const frame of inner) this.#context.push(frame);
    }
    return this.#context;
  }
}
