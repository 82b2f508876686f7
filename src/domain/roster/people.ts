// Who of a roster is whom of the records: by mobile number, else by organisation, department and name.
// Namesakes that cannot be told apart are said so, never guessed (nobody acts as somebody else).
import type { NamedPerson } from './lines.ts';
import type { MakeId, PersonRow } from './rows.ts';
import { indexBy, type Mark, makeTable, type RosterTable } from './table.ts';

/** Somebody as one line names him. */
export interface Mention extends NamedPerson {
  /** The column to blame. */
  readonly column: string;
  /** Names of the organisation or company unit; any of them fits. */
  readonly works: readonly string[];
  readonly department: string | null;
}

export interface People {
  readonly table: RosterTable<PersonRow>;
  /** Why this mention fits nobody and yet is nobody new; null when all is well. */
  problem(mention: Mention): string | null;
  /** The person meant, made when new, after `change`. Ask `problem` before. */
  put(mention: Mention, change: Change): { readonly id: string; readonly mark: Mark };
}

type Change = (person: PersonRow, isNew: boolean) => Partial<PersonRow>;
type Found = PersonRow | { readonly problem: string } | null;

export const makePeople = (
  known: readonly PersonRow[],
  mentions: readonly Mention[],
  worksAt: (person: PersonRow) => readonly string[],
  makeId: MakeId,
): People => {
  const table = makeTable(known, (person) => person.id);
  const byMobile = new Map(known.flatMap((person) => (person.mobile ? [[person.mobile, person.id]] : [])));
  const byName = new Map<string, Set<string>>();
  const remember = (person: PersonRow) =>
    byName.set(person.name, (byName.get(person.name) ?? new Set<string>()).add(person.id));
  for (const person of known) remember(person);
  const mentionsOf = indexBy(mentions, (mention) => [mention.name]);

  const sameSeat = (person: PersonRow, mention: Mention): boolean =>
    worksAt(person).some((name) => mention.works.includes(name)) &&
    (mention.department === null || person.department === null || mention.department === person.department);
  /** Somebody whose number the file still gives to a person of his name is not this one; else his number has changed. */
  const numberFits = (person: PersonRow, mention: Mention): boolean =>
    !mention.mobile ||
    !person.mobile ||
    mention.mobile === person.mobile ||
    !mentionsOf(person.name).some((other) => other.mobile === person.mobile);
  /** The file gives this person another number, so his old one is free. */
  const leavesNumber = (person: PersonRow): boolean =>
    mentionsOf(person.name).some((m) => m.mobile !== null && m.mobile !== person.mobile && sameSeat(person, m));

  const find = (mention: Mention): Found => {
    const last = mention.mobile ? table.get(byMobile.get(mention.mobile) ?? '') : undefined;
    const holder = last?.mobile === mention.mobile ? last : undefined;
    if (holder?.name === mention.name) return holder;
    if (holder && !leavesNumber(holder)) return { problem: `手机号已登记给${holder.name}，请核对` };
    const namesakes = [...(byName.get(mention.name) ?? [])].flatMap((id) => table.get(id) ?? []);
    const fits = namesakes.filter((person) => sameSeat(person, mention) && numberFits(person, mention));
    if (fits.length < 2) return fits[0] ?? null;
    const exact = fits.filter((person) => person.department === mention.department);
    return exact[0] && exact.length === 1 ? exact[0] : { problem: `有${fits.length}名同名人员，请填写手机号` };
  };

  const fresh = ({ name, mobile, works, department }: Mention): PersonRow => {
    const key = mobile ?? `${works[0] ?? ''}/${department ?? ''}`;
    // A number that went from one namesake to another would make the same id twice.
    let id = makeId('p', `${key}/${name}`);
    for (let n = 2; table.get(id); n += 1) id = makeId('p', `${key}/${name}/${n}`);
    return {
      id,
      name,
      organisationId: null,
      department: null,
      staffKind: null,
      mobile: null,
      compoundId: null,
      lives: 'unknown',
      unitId: null,
      noAccount: false,
      joinedOn: null,
    };
  };

  return {
    table,
    problem: (mention) => {
      const found = find(mention);
      return found && 'problem' in found ? found.problem : null;
    },
    put: (mention, change) => {
      const found = find(mention);
      if (found && 'problem' in found) throw new Error(`${mention.name}: ${found.problem}`);
      const person = found ?? fresh(mention);
      const mobile = mention.mobile ?? person.mobile;
      const next = {
        ...person,
        mobile,
        noAccount: mention.noAccount ?? person.noAccount,
        ...change(person, found === null),
      };
      const mark = table.put(next);
      remember(next);
      if (mobile) byMobile.set(mobile, next.id);
      return { id: next.id, mark };
    },
  };
};
