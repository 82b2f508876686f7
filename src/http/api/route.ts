// One route of the JSON API as data: what it takes, what it gives, what it does. The router and the OpenAPI document are
// both made from it, so neither can say what the other does not.
import type { Context } from 'koa';
import * as z from 'zod';
import type { Day } from '../../domain/calendar.ts';
import { areasOf, type Campaign } from '../../domain/campaign.ts';
import type { Person } from '../../domain/people.ts';
import type { Act } from '../../domain/rights.ts';
import type { Sight } from '../../domain/sight.ts';
import type { Key, Page, PageQuery } from '../../ports-listings.ts';
import type { Dated } from '../instants.ts';
import { type KeyPart, readCursor, writeCursor } from './cursor.ts';
import { day, id } from './schemas/common.ts';

type Shape = z.ZodObject;

/** A request once it is checked. */
export interface Asked<P extends Shape, Q extends Shape, B extends z.ZodType> {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
  readonly campaign: Campaign;
  readonly now: Date;
  readonly today: Day;
  /** How far whoever asks may see. */
  readonly sight: Sight;
  /** Who asks on a page; null with the API's token. */
  readonly person: Person | null;
  /** For the few routes whose body is no JSON. */
  readonly ctx: Context;
}

export interface RouteSpec<P extends Shape, Q extends Shape, B extends z.ZodType, A extends z.ZodType> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below /api/v1, with {name} for parameters as OpenAPI writes them. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** `multipart`: one file, read by the handler. */
  readonly upload?: 'multipart';
  readonly answer: A;
  /** The media type of an answer that is a file: `handle` gives a stream. */
  readonly file?: string;
  /** What one must be allowed to, any of these, to ask it on a page; without it the route is the API's alone. */
  readonly onPages?: readonly Act[];
  /** Figures without a name: shown on a wall too. */
  readonly onWall?: true;
  handle(asked: Asked<P, Q, B>): Promise<Dated<z.input<A>>> | Dated<z.input<A>>;
}

/** A route whose types are forgotten: what router and document need. */
export interface Route extends Omit<RouteSpec<Shape, Shape, z.ZodType, z.ZodType>, 'handle'> {
  readonly query: Shape;
  handle(asked: Asked<Shape, Shape, z.ZodType>): unknown;
}

const everywhere = { campaign: id.optional().meta({ description: 'A campaign’s id; the first when left out' }) };

export const route = <
  P extends Shape = z.ZodObject<Record<never, never>>,
  Q extends Shape = z.ZodObject<Record<never, never>>,
  B extends z.ZodType = z.ZodUndefined,
  A extends z.ZodType = z.ZodType,
>(
  spec: RouteSpec<P, Q, B, A>,
): Route => ({ ...spec, query: (spec.query ?? z.object({})).extend(everywhere) }) as unknown as Route;

const pageQuery = z.object({
  after: z.string().optional().meta({ description: '`next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

interface ListSpec<Q extends Shape, I extends z.ZodType> {
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly onPages?: readonly Act[];
  readonly item: I;
  /** What the rows are sorted by. */
  readonly key: readonly KeyPart[];
  readonly query?: Q;
  read(page: PageQuery, query: z.output<Q>): Promise<Page<Dated<z.input<I>>>>;
}

/** `?after=CURSOR&limit=` → `{items, next}`. */
export const listRoute = <Q extends Shape = z.ZodObject<Record<never, never>>, I extends z.ZodType = z.ZodType>({
  item,
  key,
  read,
  query = z.object({}) as unknown as Q,
  ...spec
}: ListSpec<Q, I>): Route => {
  const name = spec.path;
  const untyped = read as (page: PageQuery, query: unknown) => Promise<Page<unknown>>;
  return route({
    ...spec,
    method: 'get',
    query: query.extend(pageQuery.shape) as Shape,
    answer: z.object({ items: z.array(item), next: z.string().nullable() }),
    async handle({ query: asked, campaign, today, sight }) {
      const { after, limit } = asked as z.output<typeof pageQuery>;
      // A cursor of a list that runs the other way is no place in this one.
      const list = (asked as { order?: string }).order === 'desc' ? `${name} desc` : name;
      const from: Key | null = after === undefined ? null : readCursor(list, key, after);
      const page = await untyped({ campaign, today, after: from, limit, sight }, asked);
      return { items: page.items, next: page.next && writeCursor(list, page.next) } as never;
    },
  });
};

/** A zone or one area, for lists that can be narrowed to it. */
export const inPlace = z.object({
  zone: z.string().min(1).optional(),
  area: z.string().min(1).optional(),
});

/** The areas that were asked for; null = all. A place that is none of the campaign's has no rows. */
export const placesIn = (
  campaign: Campaign,
  { zone, area }: { readonly zone?: string | undefined; readonly area?: string | undefined },
): readonly string[] | null => {
  if (area !== undefined) return zone === undefined || areasOf(campaign, zone).includes(area) ? [area] : [];
  return zone === undefined ? null : areasOf(campaign, zone);
};

export const inOrder = z.object({ order: z.enum(['asc', 'desc']).default('asc') });

export const onDay = z.object({ on: day.optional() });
