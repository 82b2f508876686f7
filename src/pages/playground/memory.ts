// What the browser keeps between visits. Web views may forbid storage: then nothing is kept and nothing breaks.

export const recall = <T>(key: string): T | null => {
  try {
    const text = localStorage.getItem(`dudao.${key}`);
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
};

export const remember = (key: string, value: unknown): void => {
  try {
    localStorage.setItem(`dudao.${key}`, JSON.stringify(value));
  } catch {
    // Private mode or a full store: the page works without.
  }
};
