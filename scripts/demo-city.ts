// The invented city behind the demo roster: companies, compounds, staff and inspectors on the real zone table.
// Names of the public plan stay; all else comes from a seeded chance, so that every run makes the same city.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readZones } from '../src/campaigns/zone-table.ts';
import { NO_COMPANY, OUTSIDE, STAFF_KINDS } from '../src/domain/roster/lines.ts';
import { COMPOUND_ENDS, LEGENDS, makeNames, PLACES, seededChance } from './demo-names.ts';

export const folder = join(import.meta.dirname, '../campaigns/zhongshan-2022');
const COMPOUNDS = 1800;
const UNITS = 1000;
const STAFF = 600;
const INSPECTORS_PER_ZONE = 10;

const chance = seededChance(20220419);
const { pick, pickWeighted, person, mobile } = makeNames(chance);
const { rows: zones } = readZones(await readFile(join(folder, 'zones.csv'), 'utf8'));
const areas = zones.map((row) => row.area);

/** How much of the city lives there, roughly. */
const weight = (area: string): number =>
  ({ 石岐街道: 9, 东区街道: 9, 西区街道: 7, 南区街道: 5, 火炬开发区: 8, 小榄镇: 8, 三乡镇: 6, 坦洲镇: 7, 古镇镇: 4 })[
    area
  ] ?? 2.5;
const anyArea = (): string => pickWeighted(areas.map((area) => [area, weight(area)]));
const shortArea = (area: string): string => area.replace(/（.*）/, '').replace(/(街道|镇|开发区)$/, '');
const townBureau = (area: string): string => `${area.replace(/（.*）/, '')}住房城乡建设主管部门`;
const BUREAU = '市住房城乡建设局';
const ASSOCIATION = '市物业管理行业协会';

interface Contact {
  readonly name: string;
  readonly mobile: string;
  /** About one in fifty has no chat account. */
  readonly account: '有' | '无';
}

const somebody = (name = person()): Contact => ({ name, mobile: mobile(), account: chance() < 0.02 ? '无' : '有' });
/** People of the zone table, and others the demo cannot do without, can be reached. */
const named = new Map<string, Contact>();
const reachable = (name = person()): Contact => {
  const contact = named.get(name) ?? { name, mobile: mobile(), account: '有' };
  named.set(name, contact);
  return contact;
};

// ---- companies and their units --------------------------------------------------------------------------------------

interface Unit {
  readonly company: string;
  readonly origin: '本土' | '外市';
  readonly name: string;
  readonly kind: '总公司' | '分公司';
  readonly area: string;
  readonly head: Contact;
}

export const units: Unit[] = [];
const taken = new Set<string>();
const companyName = (make: () => string): string => {
  for (;;) {
    const name = make();
    if (!taken.has(name) && taken.add(name)) return name;
  }
};
const trade = () => pick(['物业管理', '物业服务', '物业', '物业发展', '城市服务']);

const addUnit = (company: string, origin: Unit['origin'], area: string, head: Contact, branch?: string): Unit => {
  const unit: Unit = {
    company,
    origin,
    name: company + (branch ?? ''),
    kind: branch ? '分公司' : '总公司',
    area,
    head,
  };
  units.push(unit);
  return unit;
};

/** A local company: headquarters, and branches in other areas. Now and then one head for two of them (E05). */
const localCompany = (company: string, area: string, branches: number, head = somebody()): void => {
  addUnit(company, '本土', area, head);
  const others = new Set<string>();
  while (others.size < branches) others.add(anyArea());
  for (const other of others) {
    addUnit(company, '本土', other, chance() < 0.1 ? head : somebody(), `${shortArea(other)}分公司`);
  }
};

/** An outside company owes by its branches in the city (R24); with none, somebody must decide (E06). */
const outsideCompany = (company: string, branches: number, head = somebody(), area = anyArea()): void => {
  addUnit(company, '外市', OUTSIDE, somebody());
  if (branches > 0) addUnit(company, '外市', area, head, '中山分公司');
  for (let n = 2; n <= branches; n += 1) addUnit(company, '外市', anyArea(), somebody(), `中山第${n}分公司`);
};

for (const lead of new Map(zones.map((row) => [row.lead_company, row])).values()) {
  const head = reachable(lead.lead_person);
  const outside = !lead.lead_company.startsWith('中山市');
  if (outside) outsideCompany(lead.lead_company.replace('中山分公司', ''), 1, head, lead.area);
  else localCompany(lead.lead_company, lead.area, 3, head);
}
for (let n = 0; n < 3; n += 1) {
  outsideCompany(
    companyName(() => `${pick(['南海', '东海', '北海'])}${pick(LEGENDS)}${trade()}有限公司`),
    0,
  );
}
while (units.length < UNITS - 6) {
  if (chance() < 0.16) {
    const city = pick(['长洲市', '云台市', '白水市', '南山省', '东陵市']);
    outsideCompany(
      companyName(() => `${city}${pick(LEGENDS)}${trade()}有限公司`),
      pickWeighted([
        [1, 7],
        [2, 2],
        [3, 1],
      ]),
    );
  } else {
    const company = companyName(
      () => `中山市${pick(LEGENDS)}${pick(['', '', '新', '合', '瑞', '宏', '嘉'])}${trade()}有限公司`,
    );
    localCompany(
      company,
      anyArea(),
      pickWeighted([
        [0, 3],
        [1, 4],
        [2, 3],
        [3, 2],
        [4, 1],
      ]),
    );
  }
}
while (units.length < UNITS)
  localCompany(
    companyName(() => `中山市${pick(PLACES)}${trade()}有限公司`),
    anyArea(),
    0,
  );

// ---- compounds ------------------------------------------------------------------------------------------------------

interface Compound {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly area: string;
  readonly estate: string;
  readonly unit: string;
}

export const compounds: Compound[] = [];
const inCity = units.filter((unit) => unit.area !== OUTSIDE);
const unitsIn = new Map(areas.map((area) => [area, inCity.filter((unit) => unit.area === area)]));
const manager = (area: string): string => {
  const near = unitsIn.get(area) ?? [];
  return (near.length > 0 && chance() < 0.8 ? pick(near) : pick(inCity)).name;
};
const compoundKeys = new Set<string>();
const addCompound = (compound: Compound): void => {
  const key = `${compound.area}/${compound.name}`;
  if (compoundKeys.has(key) || compounds.length === COMPOUNDS) return;
  compoundKeys.add(key);
  compounds.push(compound);
};

// Each area has some at least, the big ones many.
const quota = areas.flatMap((area) => Array.from({ length: 12 }, () => area));
while (compounds.length < COMPOUNDS) {
  const area = quota.pop() ?? anyArea();
  const base = pick(PLACES) + pick(COMPOUND_ENDS);
  const kind = chance();
  if (kind < 0.05) {
    // An estate in phases; in some of them each phase has a company of its own (E19).
    const several = chance() < 0.5;
    const unit = manager(area);
    for (const phase of ['一期', '二期', '三期'].slice(0, chance() < 0.4 ? 3 : 2)) {
      const aliases = phase === '一期' ? [] : [`${base.slice(0, 2)}${phase}`];
      addCompound({ name: base + phase, aliases, area, estate: base, unit: several ? manager(area) : unit });
    }
  } else if (kind < 0.07) {
    // The same name in two areas (E17).
    addCompound({ name: base, aliases: [], area, estate: '', unit: manager(area) });
    const other = anyArea();
    addCompound({ name: base, aliases: [], area: other, estate: '', unit: manager(other) });
  } else {
    const aliases = kind < 0.2 ? [base.slice(0, 2) + pick(['小区', '苑', '大院'])] : [];
    addCompound({ name: base, aliases, area, estate: '', unit: kind > 0.997 ? NO_COMPANY : manager(area) });
  }
}

// ---- staff ----------------------------------------------------------------------------------------------------------

interface Staff extends Contact {
  readonly organisation: string;
  readonly department: string;
  readonly kind: string;
  readonly home: Compound | null;
  readonly isHead: boolean;
}

export const staff: Staff[] = [];
const compoundsIn = new Map(areas.map((area) => [area, compounds.filter((compound) => compound.area === area)]));
/** Seven of ten live in the area they work in (E01); about six of a hundred in no managed compound (R10). */
const home = (area: string): Compound | null =>
  chance() < 0.06 ? null : pick(compoundsIn.get(chance() < 0.7 ? area : anyArea()) ?? compounds);
const addStaff = (contact: Contact, organisation: string, department: string, area: string, isHead = false): Staff => {
  const kind = pickWeighted([
    [STAFF_KINDS[0], 4],
    [STAFF_KINDS[1], 1],
    [STAFF_KINDS[2], 3],
    [STAFF_KINDS[3], 2],
  ]);
  const member: Staff = { ...contact, organisation, department, kind, home: home(area), isHead };
  staff.push(member);
  return member;
};

const PROPERTY = '物业管理科';
const supervisors = [...new Set(zones.map((row) => row.supervisor))];
addStaff(reachable(zones[0]?.commander), BUREAU, '局领导', '东区街道', true);
for (let n = 0; n < 3; n += 1) addStaff(somebody(), BUREAU, '局领导', '东区街道');
const office = reachable();
addStaff(office, BUREAU, PROPERTY, '东区街道', true);
for (const name of supervisors) addStaff(reachable(name), BUREAU, PROPERTY, '东区街道');
const deputy = reachable();
addStaff(deputy, BUREAU, PROPERTY, '石岐街道');
for (let n = 0; n < 5; n += 1) addStaff(somebody(), BUREAU, PROPERTY, '石岐街道');
let archivist: Contact = deputy;
for (const department of [
  '办公室',
  '住房保障科',
  '房地产市场监管科',
  '建筑业管理科',
  '质量安全监督科',
  '村镇建设科',
  '法规与信访科',
]) {
  const head = reachable();
  addStaff(head, BUREAU, department, anyArea(), true);
  if (department === '办公室') {
    archivist = reachable();
    addStaff(archivist, BUREAU, department, '东区街道');
  }
  for (let n = 0; n < 17; n += 1) addStaff(somebody(), BUREAU, department, anyArea());
}

export const towns = areas.map((area) => {
  const bureau = townBureau(area);
  const head = addStaff(reachable(), bureau, '班子成员', area, true);
  const contact = addStaff(reachable(), bureau, '物业管理股', area, true);
  addStaff(reachable(), bureau, '建设管理股', area, true);
  return { area, bureau, head, contact };
});
while (staff.length < STAFF) {
  const { area, bureau } = towns[staff.length % towns.length] as (typeof towns)[number];
  addStaff(
    somebody(),
    bureau,
    pickWeighted([
      ['物业管理股', 3],
      ['建设管理股', 4],
      ['班子成员', 1],
    ]),
    area,
  );
}

// ---- inspectors and city people -------------------------------------------------------------------------------------

const zoneNames = [...new Set(zones.map((row) => row.zone))];
export const inspectors = zoneNames.flatMap((zone) => {
  const inZone = zones.filter((row) => row.zone === zone).flatMap((row) => unitsIn.get(row.area) ?? []);
  return Array.from({ length: INSPECTORS_PER_ZONE }, () => ({ zone, unit: pick(inZone).name, ...somebody() }));
});
const liaisons = [...new Set(zones.map((row) => row.liaison))];
export const cityPeople: string[][] = [
  ...[office, deputy, reachable(supervisors.at(-1))].map((p) => [
    '领导小组办公室',
    BUREAU,
    PROPERTY,
    p.name,
    p.mobile,
    p.account,
  ]),
  ...[...liaisons.map((name) => reachable(name)), ...Array.from({ length: 6 }, () => reachable())].map((p) => [
    '行业协会',
    ASSOCIATION,
    '秘书处',
    p.name,
    p.mobile,
    p.account,
  ]),
  ['文档管理', BUREAU, '办公室', archivist.name, archivist.mobile, archivist.account],
];
