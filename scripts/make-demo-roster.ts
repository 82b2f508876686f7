// For developers: writes campaigns/zhongshan-2022/demo-roster.xlsx, the roster of an invented city on the real zone table,
// as a clerk would fill it in. The same program writes the same file. Names of the public plan stay; all else is invented.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { readZones } from '../src/campaigns/zone-table.ts';
import { ROSTER_SHEETS, type SheetName } from '../src/domain/roster/cells.ts';
import { NO_COMPANY, NO_COMPOUND, OUTSIDE, STAFF_KINDS } from '../src/domain/roster/lines.ts';
import { COMPOUND_ENDS, LEGENDS, makeNames, PLACES, seededChance } from './demo-names.ts';

const folder = join(import.meta.dirname, '../campaigns/zhongshan-2022');
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

const units: Unit[] = [];
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

const compounds: Compound[] = [];
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

const staff: Staff[] = [];
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

const towns = areas.map((area) => {
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
const inspectors = zoneNames.flatMap((zone) => {
  const inZone = zones.filter((row) => row.zone === zone).flatMap((row) => unitsIn.get(row.area) ?? []);
  return Array.from({ length: INSPECTORS_PER_ZONE }, () => ({ zone, unit: pick(inZone).name, ...somebody() }));
});
const liaisons = [...new Set(zones.map((row) => row.liaison))];
const cityPeople: string[][] = [
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

// ---- the file -------------------------------------------------------------------------------------------------------

const body: Record<SheetName, string[][]> = {
  镇街与联系人: towns.map(({ area, bureau, contact, head }) => [
    area,
    bureau,
    ...[contact.name, contact.mobile, contact.account],
    ...[head.name, head.mobile, head.account],
  ]),
  物业企业单位: units.map((u) => [
    u.company,
    u.origin,
    u.name,
    u.kind,
    u.area,
    u.head.name,
    u.head.mobile,
    u.head.account,
  ]),
  物业小区: compounds.map((c) => [c.name, c.aliases.join('、'), c.area, c.estate, c.unit, '']),
  工作人员: staff.map((s) => [
    ...[s.organisation, s.department, s.name, s.mobile, s.kind],
    ...(s.home ? [s.home.area, s.home.name] : ['', NO_COMPOUND]),
    ...[s.isHead ? '是' : '否', '', s.account],
  ]),
  检查组: inspectors.map((i) => [i.zone, i.name, i.mobile, i.unit, i.account]),
  市级人员: cityPeople,
};

/** Cells with a fixed choice offer it as a list. */
const choices: Partial<Record<string, string[]>> = {
  企业来源: ['本土', '外市'],
  单位类型: ['总公司', '分公司'],
  人员类别: [...STAFF_KINDS],
  部门负责人: ['是', '否'],
  账号: ['有', '无'],
  联系人账号: ['有', '无'],
  负责人账号: ['有', '无'],
  职责: ['领导小组办公室', '行业协会', '文档管理'],
};

const notes = [
  '填表说明',
  '本表为演示数据：除督导检查分工表上公布的姓名和企业外，人员、企业、小区均为虚构；手机号一律以100开头，现实中不存在。',
  '每张表第一行为表头，请勿改动表名和表头；列的先后可以调整，可以加“备注”等列。',
  '空格表示“未填”，再次导入时不会清除已有内容。',
  `“管理单位”填企业单位全称；无物业企业的填“${NO_COMPANY}”。“所在镇街”不在本市的填“${OUTSIDE}”。`,
  `“居住小区”填小区名称或别名；不住物业小区的填“${NO_COMPOUND}”。`,
  '“账号”填“无”表示该人员没有聊天账号，由联络员代为录入。',
];

const columnName = (index: number): string => String.fromCharCode(65 + index);
const font = { name: '宋体', size: 11 };
const sheets = (Object.keys(ROSTER_SHEETS) as SheetName[]).map((name) => {
  const heads = ROSTER_SHEETS[name].map((head) => head.replace('!', ''));
  const rows = body[name];
  return {
    name,
    rows: [heads, ...rows],
    columns: heads.map((head, i) => ({
      width: Math.min(44, 2 + Math.max(...[head, ...rows.map((row) => row[i] ?? '')].map((text) => text.length * 2))),
    })),
    freezePane: { rows: 1, columns: 0 },
    cells: new Map(heads.map((value, i) => [`0,${i}`, { value, style: { font: { ...font, bold: true } } }])),
    dataValidations: heads.flatMap((head, i) => {
      const values = choices[head];
      return values
        ? [{ type: 'list' as const, range: `${columnName(i)}2:${columnName(i)}${rows.length + 200}`, values }]
        : [];
    }),
  };
});

const bytes = await writeXlsx({
  sheets: [{ name: '填表说明', rows: notes.map((note) => [note]), columns: [{ width: 100 }] }, ...sheets],
  defaultFont: font,
  properties: { created: new Date('2022-04-19T00:00:00+08:00'), modified: new Date('2022-04-19T00:00:00+08:00') },
});
await writeFile(join(folder, 'demo-roster.xlsx'), bytes);
