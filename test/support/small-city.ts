// The demo's pack with a roster of two zones instead of nine: as true as the whole, and played in seconds.
import { existsSync } from 'node:fs';
import { cp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { inject } from 'vitest';
import { readRosterFile } from '../../src/reports/roster-file.ts';
import { tempFolder } from './temp-folder.ts';
import { packFolder } from './universe.ts';

const zones = ['东区组团', '东部组团'];
const areas = ['东区街道', '火炬开发区', '翠亨新区（含南朗街道）'];
/** One of so many units and compounds stays. */
const thin = 2;

/** The pack's folder, made by the first file of the run that asks. It is only read. */
export const smallCity = async (): Promise<string> => {
  const shared = join(inject('runFolder'), 'small-city');
  if (existsSync(shared)) return shared;
  const folder = await writeSmallCity();
  // Somebody else may have been faster: then theirs stays.
  await rename(folder, shared).catch(() => rm(folder, { recursive: true }));
  return shared;
};

const writeSmallCity = async (): Promise<string> => {
  const folder = await tempFolder();
  await cp(packFolder, folder, { recursive: true });
  const path = join(folder, 'demo-roster.xlsx');
  const { sheets } = await readRosterFile(await readFile(path), 'demo-roster.xlsx');
  const rowsOf = (name: string): string[][] =>
    (sheets.find((s) => s.name === name)?.rows ?? []).map((r) => [...r.cells]);
  /** The sheet with its head and those rows that fit; `column` is called by its head. */
  const kept = (name: string, fits: (column: (head: string) => string, i: number) => boolean): string[][] => {
    const [heads = [], ...rows] = rowsOf(name);
    return [heads, ...rows.filter((row, i) => fits((head) => row[heads.indexOf(head)] ?? '', i))];
  };
  const valuesOf = ([heads = [], ...rows]: string[][], head: string): Set<string> =>
    new Set(rows.map((row) => row[heads.indexOf(head)] ?? ''));

  const inspectors = kept('检查组', (column) => zones.includes(column('组团')));
  const employers = valuesOf(inspectors, '所属单位');
  const units = kept(
    '物业企业单位',
    (column, i) => employers.has(column('单位名称')) || (areas.includes(column('所在镇街')) && i % thin === 0),
  );
  const known = valuesOf(units, '单位名称');
  const compounds = kept('物业小区', (column) => areas.includes(column('镇街')) && known.has(column('管理单位')));
  const homes = valuesOf(compounds, '小区名称');
  const small: Record<string, string[][]> = {
    镇街与联系人: kept('镇街与联系人', (column) => areas.includes(column('镇街'))),
    物业企业单位: units,
    物业小区: compounds,
    工作人员: kept('工作人员', (column) => areas.includes(column('居住镇街')) && homes.has(column('居住小区'))),
    检查组: inspectors,
    市级人员: rowsOf('市级人员'),
  };
  await writeFile(path, await writeXlsx({ sheets: Object.entries(small).map(([name, rows]) => ({ name, rows })) }));
  return folder;
};
