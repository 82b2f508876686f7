// Where one is on the dashboard: an address after `#`, so that back, reload and a shared link work and a link from another
// app never runs into the service. Reads and writes addresses; shows nothing.

export type ViewName =
  | 'overview'
  | 'zone'
  | 'area'
  | 'compound'
  | 'findings'
  | 'finding'
  | 'letters'
  | 'assignments'
  | 'people'
  | 'deliveries';

export interface Place {
  readonly view: ViewName;
  /** The zone's or area's name, the compound's or finding's id; empty for lists. */
  readonly id: string;
  /** How a list is narrowed, and `on` = the past day that figures are shown of. */
  readonly query: Readonly<Record<string, string>>;
}

const views: readonly ViewName[] = [
  'overview',
  'zone',
  'area',
  'compound',
  'findings',
  'finding',
  'letters',
  'assignments',
  'people',
  'deliveries',
];

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
};

/** Anything that is no address of ours leads to the overview. */
export const readPlace = (hash: string): Place => {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [name = '', id = ''] = path.split('/', 2);
  const query = Object.fromEntries(new URLSearchParams(search));
  const view = views.find((known) => known === name);
  return view ? { view, id: decoded(id), query } : { view: 'overview', id: '', query };
};

export const writePlace = (
  view: ViewName,
  id = '',
  query: Readonly<Record<string, string | null | undefined>> = {},
): string => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const search = given.length > 0 ? `?${new URLSearchParams(given).toString()}` : '';
  return `#/${view === 'overview' ? '' : view}${id === '' ? '' : `/${encodeURIComponent(id)}`}${search}`;
};
