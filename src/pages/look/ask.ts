// Asks the service and turns every failure into a `Problem` whose words can be shown as they are.

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  constructor(detail: string, status: number, code: string) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
  }
  /** Nobody answered: the same call may be made again. */
  get unreachable(): boolean {
    return this.status === 0;
  }
}

/** What is said where the service gave no words of its own. */
export interface FailureWords {
  readonly unreachable: string;
  readonly service: string;
  readonly refused: string;
}

export const ask = async <T>(url: string, init: RequestInit, words: FailureWords): Promise<T> => {
  const unreachable = () => new Problem(words.unreachable, 0, 'unreachable');
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch {
    throw unreachable();
  }
  if (!response.ok) throw await problemOf(response, words);
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch {
    // The answer broke off half-way: what was asked may have been done.
    throw unreachable();
  }
};

const problemOf = async (response: Response, words: FailureWords): Promise<Problem> => {
  const fallback = response.status >= 500 ? words.service : words.refused;
  try {
    const problem = (await response.json()) as { detail?: string; title?: string; code?: string };
    return new Problem(problem.detail ?? problem.title ?? fallback, response.status, problem.code ?? 'unknown');
  } catch {
    return new Problem(fallback, response.status, 'unknown');
  }
};

/** `?a=b`; parameters without a value are left out. */
export const query = (parameters: Readonly<Record<string, string | number | null | undefined>>): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
};
