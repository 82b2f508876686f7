// How long to wait before a lost connection is tried again. Pure.

/**
 * Doubles with each failure up to the longest, spread over its upper half so that what fell together does not come back
 * together. `failures` ≥ 1, `chance` in [0, 1).
 */
export const backOffMs = (
  failures: number,
  { firstMs, longestMs }: { readonly firstMs: number; readonly longestMs: number },
  chance: number,
): number => {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 30));
  return full / 2 + (full / 2) * chance;
};
