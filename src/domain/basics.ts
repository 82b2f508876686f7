// What a correction says of a record's basic information (R19): 物业企业 安美物业, 部门 物业管理科, 检查日期 4月20日. It changes
// the record alone; the registry keeps what it says.

export interface BasicWords {
  /** Null = nobody manages it (自管, E18). */
  readonly company?: string | null;
  readonly department?: string;
  /** The words without them: answers and the day of the check. */
  readonly rest: string;
}

const company = /(?:物业)?(?:企业|公司)(?:名称)?(?:更正|改|应)?(?:为|是|成|[:：])?\s*(?<value>[^\s，,。；;]{2,40})/u;
const department = /(?:所在)?(?:部门|科室)(?:更正|改|应)?(?:为|是|成|[:：])?\s*(?<value>[^\s，,。；;]{2,30})/u;
const none = /^(?:无|没有|自管|业主自管)(?:物业|企业|公司)?$/u;

export const basicWords = (text: string): BasicWords => {
  // A company's own name ends in these words: what it is called comes after them.
  const said = company.exec(text);
  const without = said ? text.replace(said[0], ' ') : text;
  const works = department.exec(without);
  const rest = (works ? without.replace(works[0], ' ') : without).replace(/\s+/gu, ' ').trim();
  const name = said?.groups?.value;
  return {
    ...(name === undefined ? {} : { company: none.test(name) ? null : name }),
    ...(works?.groups?.value === undefined ? {} : { department: works.groups.value }),
    rest,
  };
};
