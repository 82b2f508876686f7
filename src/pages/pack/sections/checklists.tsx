// The checklists: items in their order, with the words of cards and of people.

import { Icon } from '../../look/icon.tsx';
import {
  addItem,
  isGroup,
  moveItem,
  removeItem,
  setAliases,
  setItem,
  setShortLabel,
  setType,
  shortLabelOf,
} from '../edit.ts';
import { Check, NumberField, Said, Select, TextField, WordsField } from '../fields.tsx';
import type { ChecklistFile, Item, Pack } from '../model.ts';
import { change } from '../state.ts';
import { texts } from '../texts.ts';

export const Checklists = ({ pack }: { readonly pack: Pack }) => (
  <>
    <p class="about">{texts.value.checklists.about}</p>
    {pack.checklists.map((list, n) => (
      <ChecklistView key={list.id} pack={pack} list={list} n={n} />
    ))}
  </>
);

interface ListProps {
  readonly pack: Pack;
  readonly list: ChecklistFile;
  readonly n: number;
}

const ChecklistView = ({ pack, list, n }: ListProps) => {
  const t = texts.value.checklists;
  return (
    <section class="block">
      <TextField path={['checklists', n, 'title']} label={t.name} />
      <Said path={['checklists', n, 'items']} />
      <ol class="items">
        {list.items.flatMap((item, i) =>
          isGroup(item)
            ? [
                <li key={item.id} class="group">
                  <TextField path={['checklists', n, 'items', i, 'label']} label={t.head} />
                </li>,
                ...item.items.map((one, j) => (
                  <ItemView
                    key={one.id}
                    pack={pack}
                    list={list}
                    n={n}
                    item={one}
                    path={['checklists', n, 'items', i, 'items', j]}
                  />
                )),
              ]
            : [
                <ItemView
                  key={item.id}
                  pack={pack}
                  list={list}
                  n={n}
                  item={item}
                  path={['checklists', n, 'items', i]}
                />,
              ],
        )}
      </ol>
      <button type="button" class="button" onClick={() => change(addItem(pack, n))}>
        {t.add}
      </button>
    </section>
  );
};

interface ItemProps extends ListProps {
  readonly item: Item;
  readonly path: readonly (string | number)[];
}

const ItemView = ({ pack, list, n, item, path }: ItemProps) => {
  const t = texts.value.checklists;
  const { id, num } = item;
  const short = shortLabelOf(list, item);
  const inDerived = list.derived.short_labels[id] !== undefined;
  return (
    <li class="item">
      <fieldset>
        <legend>{t.item(num)}</legend>
        <div class="item-tools">
          <Tool icon="up" label={t.up(num)} onPress={() => change(moveItem(pack, n, id, -1))} />
          <Tool icon="down" label={t.down(num)} onPress={() => change(moveItem(pack, n, id, 1))} />
          <Tool icon="close" label={t.remove(num)} onPress={() => change(removeItem(pack, n, id))} />
        </div>
        <TextField path={[...path, 'label']} label={t.label} rows={2} />
        <TextField
          path={inDerived ? ['checklists', n, 'derived', 'short_labels', id] : [...path, 'short_label']}
          label={t.short}
          value={short}
          onInput={(text) => change(setShortLabel(pack, n, id, text))}
        />
        <details>
          <summary>{t.more}</summary>
          <div class="row">
            <Select
              path={[...path, 'type']}
              label={t.type}
              chosen={item.type}
              options={(['yes_no', 'number', 'choice'] as const).map((type) => ({ id: type, label: t.types[type] }))}
              onChoose={(type) => change(setType(pack, n, id, type))}
            />
            <Check
              label={t.required}
              on={item.required}
              onChange={(required) => change(setItem(pack, n, id, { required }))}
            />
          </div>
          {item.type === 'number' && (
            <div class="row">
              <NumberField path={[...path, 'min']} label={t.min} optional />
              <NumberField path={[...path, 'max']} label={t.max} optional />
              <TextField path={[...path, 'unit']} label={t.unit} optional narrow />
            </div>
          )}
          {item.type === 'choice' && <Options pack={pack} n={n} item={item} path={path} />}
          <WordsField
            path={['checklists', n, 'derived', 'aliases', id]}
            label={t.words}
            words={list.derived.aliases[id] ?? []}
            onWords={(words) => change(setAliases(pack, n, id, words))}
          />
        </details>
      </fieldset>
    </li>
  );
};

const Options = ({ pack, n, item, path }: Omit<ItemProps, 'list'>) => {
  const t = texts.value.checklists;
  const options = item.options ?? [];
  const set = (next: NonNullable<Item['options']>): void => change(setItem(pack, n, item.id, { options: next }));
  const fresh = (): string => {
    for (let i = 1; ; i += 1) if (!options.some(({ id }) => id === `option_${i}`)) return `option_${i}`;
  };
  return (
    <fieldset>
      <legend>{t.options}</legend>
      <Said path={[...path, 'options']} />
      {options.map((option, i) => (
        <div key={option.id} class="row">
          <TextField path={[...path, 'options', i, 'label']} label={t.option(i + 1)} narrow />
          <Tool
            icon="close"
            label={t.removeOption(i + 1)}
            onPress={() => set(options.filter((one) => one !== option))}
          />
        </div>
      ))}
      <button
        type="button"
        class="text-button"
        onClick={() => set([...options, { id: fresh(), label: '', aliases: [] }])}
      >
        {t.addOption}
      </button>
    </fieldset>
  );
};

interface ToolProps {
  readonly icon: 'up' | 'down' | 'close';
  readonly label: string;
  readonly onPress: () => void;
}

export const Tool = ({ icon, label, onPress }: ToolProps) => (
  <button type="button" class={`icon-button ${icon === 'up' ? 'turned' : ''}`} aria-label={label} onClick={onPress}>
    <Icon name={icon === 'up' ? 'down' : icon} />
  </button>
);
