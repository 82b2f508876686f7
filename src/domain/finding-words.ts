// The words after a compound's name in /fixed, /verify, /reopen and /refer: which items are meant, and what is said with them.
import type { Item } from './checklist.ts';

export interface FindingWords {
  /** Ids of the items that are named; none = whatever stands there. */
  readonly items: readonly string[];
  /** Numbers that no item has. */
  readonly unknown: readonly number[];
  readonly remark: string;
}

const between = /^[\s,，、;；和及]+/;
const number = /^第?(\d{1,2})(?:项|条|号)?(?=$|[\s,，、;；和及:：])/;

/** Reads `4、5 已补设` or `隔离观察点 已补设`: items first, then the remark. */
export const readFindingWords = (items: readonly Item[], words: string): FindingWords => {
  const named = new Set<string>();
  const unknown: number[] = [];
  let rest = words.replace(between, '');
  for (;;) {
    const counted = number.exec(rest);
    const item = counted
      ? items.find((one) => one.num === Number(counted[1]))
      : items.find((one) => rest.startsWith(one.shortLabel));
    if (item) named.add(item.id);
    else if (counted) unknown.push(Number(counted[1]));
    else break;
    rest = rest.slice((counted ? counted[0] : (item as Item).shortLabel).length).replace(between, '');
  }
  return { items: [...named], unknown, remark: rest.replace(/^[:：]\s*/, '').trim() };
};
