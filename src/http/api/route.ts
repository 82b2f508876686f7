// One route of the JSON API as data: what it takes, what it gives, what it does. The router and the OpenAPI document are
// both made from it, so neither can say what the other does not.
import type { Context } from 'koa';
import * as z from 'zod';
import type { Day } from '../../domain/calendar.ts';
import type { Campaign } from '../../domain/campaign.ts';
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
  /** For the few routes whose body is no JSON. */
  readonly ctx: Context;
}

export interface RouteSpec<P extends Shape, Q extends Shape, B extends z.ZodType, A extends z.ZodType> {
  readonly method: 'get' | 'post' | 'put';
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
    async handle({ query: asked, campaign, today }) {
      const { after, limit } = asked as z.output<typeof pageQuery>;
      const from: Key | null = after === undefined ? null : readCursor(name, key, after);
      const page = await untyped({ campaign, today, after: from, limit }, asked);
      return { items: page.items, next: page.next && writeCursor(name, page.next) } as never;
    },
  });
};

export const onDay = z.object({ on: day.optional() });
