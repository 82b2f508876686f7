// Everybody a line of a roster names, as it names him: with the column to blame and the names of where he works.
import type { Employers } from './employers.ts';
import type { NamedPerson, Place } from './lines.ts';
import type { Mention } from './people.ts';
import type { AnyLine } from './refs.ts';
import type { UnitRow } from './rows.ts';

/** A company's people may be named by its unit, and a unit's by the company. */
const worksFor = (employers: Employers, unit: UnitRow | undefined, name: string): string[] =>
  unit ? [...new Set([employers.companyOf(unit), unit.name, name])] : [name];

const mention = (
  line: { readonly at: Place },
  { name, mobile, noAccount }: NamedPerson,
  column: string,
  works: readonly string[],
  department: string | null = null,
): Mention => ({ ...line.at, name, mobile, noAccount, column, works, department });

export const mentionsOf = (line: AnyLine, employers: Employers): Mention[] => {
  switch (line.kind) {
    case 'town':
      return [
        ...(line.contact ? [mention(line, line.contact, '联系人', [line.bureau])] : []),
        ...(line.head ? [mention(line, line.head, '负责人', [line.bureau])] : []),
      ];
    case 'unit':
      return line.head ? [mention(line, line.head, '负责人', [line.company, line.unit])] : [];
    case 'staff':
    case 'officer':
      return [mention(line, line.person, '姓名', [line.organisation], line.department)];
    case 'inspector':
      return [mention(line, line.person, '姓名', worksFor(employers, employers.units.get(line.unit), line.unit))];
    case 'zone_role': {
      const works = worksFor(employers, employers.unitNamed(line.organisation), line.organisation);
      return [mention(line, { name: line.name, mobile: null, noAccount: null }, line.role, works)];
    }
    default:
      return [];
  }
};
