// The office sets a setting of a campaign; the pack stays as it was imported, and what was set can be taken back.
import type { Campaign } from '../../domain/campaign.ts';
import { Problem } from '../../domain/problem.ts';
import type { SettingRules } from '../../ports-office.ts';
import { eventOf } from '../service.ts';
import type { Decided, OfficeActing } from './act.ts';

export interface SettingNow {
  readonly key: string;
  readonly value: unknown;
  /** What the pack says. */
  readonly pack: unknown;
}

export const settingsNow = ({ settingTable: { pack, set } }: Campaign, rules: SettingRules): SettingNow[] =>
  rules.keys().map((key) => ({ key, value: set[key] ?? pack[key], pack: pack[key] }));

/** `value` null = as the pack says again. Throws `not-found` or `setting-wrong`. */
export const changeSetting = async (
  acting: OfficeActing,
  order: { readonly key: string; readonly value: unknown },
): Promise<Decided<SettingNow>> => {
  const { key } = order;
  const rules = acting.service.settingRules;
  const before = settingsNow(acting.campaign, rules).find((setting) => setting.key === key);
  if (!before) throw new Problem('not-found', { what: 'setting', id: key });
  const checked = order.value === null ? { value: null } : rules.check(key, order.value);
  if ('reason' in checked) throw new Problem('setting-wrong', { key, reason: checked.reason });
  const value = checked.value ?? before.pack;
  if (JSON.stringify(value) === JSON.stringify(before.value)) throw new Problem('already-so');
  const { campaign, now: at, person, service } = acting;
  return {
    answer: { key, value, pack: before.pack },
    change: {
      settingChanges: [
        {
          id: service.ids.next(),
          campaign: campaign.id,
          key,
          value: checked.value,
          byId: person.id,
          byName: person.name,
          at,
        },
      ],
      events: [eventOf(acting, 'setting.changed', { kind: 'setting', id: key }, { from: before.value, to: value })],
    },
  };
};
