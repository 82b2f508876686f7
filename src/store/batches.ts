// Runs calls that come together as one: whoever calls while earlier batches are under way waits for the next one.
// Nobody waits when it is quiet, and a crowd shares round trips and disk flushes. Keeps no order between callers.

export interface BatchOptions {
  /** Calls in one batch at most. */
  readonly most: number;
  /** Batches under way at once. */
  readonly underWay: number;
}

interface Waiting<In, Out> {
  readonly item: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
}

/** `run` answers item for item, in their order; when it throws, all of its items fail. */
export const inBatches = <In, Out>(
  run: (items: readonly In[]) => Promise<readonly Out[]>,
  { most, underWay }: BatchOptions,
): ((item: In) => Promise<Out>) => {
  const waiting: Waiting<In, Out>[] = [];
  let running = 0;

  const next = async (): Promise<void> => {
    running += 1;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, most);
      try {
        const outs = await run(batch.map(({ item }) => item));
        for (const [i, { resolve }] of batch.entries()) resolve(outs[i] as Out);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    running -= 1;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // All calls of this turn of the event loop go together.
      if (running < underWay) queueMicrotask(() => running < underWay && waiting.length > 0 && void next());
    });
};
