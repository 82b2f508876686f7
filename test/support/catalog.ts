// What a database consists of, read from PostgreSQL's catalogue into plain lines, so that two databases can be compared.
import pg from 'pg';

/** One line for each column, type, constraint and index of the schema `public`; those of Prisma's own books left out. */
export interface Catalog {
  columns: string[];
  enums: string[];
  /** Primary and foreign keys. */
  keys: string[];
  indexes: Index[];
}

interface Index {
  definition: string;
  /** Partial, on an expression, of another kind than btree, or with an operator class: what schema.prisma does not say. */
  special: boolean;
}

export async function readCatalog(url: string): Promise<Catalog> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const lines = async (sql: string) => (await client.query<{ line: string }>(sql)).rows.map((row) => row.line);
  try {
    return {
      columns: await lines(columns),
      enums: await lines(enums),
      keys: await lines(keys),
      indexes: (await client.query<Index>(indexes)).rows,
    };
  } finally {
    await client.end();
  }
}

const tables = `pg_class t where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p')
  and not t.relispartition and t.relname <> '_prisma_migrations'`;

const columns = `
  select format('%s.%s %s%s%s%s%s', t.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                case when a.attnotnull then ' not null' end,
                ' default ' || pg_get_expr(d.adbin, d.adrelid),
                case when a.attidentity <> '' then ' identity ' || a.attidentity::text end,
                case when a.attgenerated <> '' then ' generated ' || a.attgenerated::text end) as line
    from (select oid, relname from ${tables}) t
    join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
   order by 1`;

const enums = `
  select format('%s: %s', t.typname, string_agg(e.enumlabel, ', ' order by e.enumsortorder)) as line
    from pg_type t join pg_enum e on e.enumtypid = t.oid
   where t.typnamespace = 'public'::regnamespace group by t.typname order by 1`;

const keys = `
  select format('%s %s %s', t.relname, c.conname, pg_get_constraintdef(c.oid)) as line
    from (select oid, relname from ${tables}) t
    join pg_constraint c on c.conrelid = t.oid and c.contype in ('p', 'f')
   order by 1`;

const indexes = `
  select pg_get_indexdef(i.indexrelid) as definition,
         i.indpred is not null or i.indexprs is not null or m.amname <> 'btree'
           or exists (select from unnest(i.indclass) k join pg_opclass o on o.oid = k where not o.opcdefault) as special
    from (select oid, relname from ${tables}) t
    join pg_index i on i.indrelid = t.oid
    join pg_class x on x.oid = i.indexrelid
    join pg_am m on m.oid = x.relam
   order by 1`;
