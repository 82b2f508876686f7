// The letter that company heads sign, question by question.

import { addQuestion, moveQuestion, removeQuestion } from '../edit.ts';
import { Check, TextField } from '../fields.tsx';
import type { LetterFile, Pack } from '../model.ts';
import { change, read, write } from '../state.ts';
import { texts } from '../texts.ts';
import { Tool } from './checklists.tsx';

export const Letters = ({ pack }: { readonly pack: Pack }) => (
  <>
    {pack.letters.map((letter, n) => (
      <LetterView key={letter.id} pack={pack} letter={letter} n={n} />
    ))}
  </>
);

const LetterView = ({ pack, letter, n }: { readonly pack: Pack; readonly letter: LetterFile; readonly n: number }) => {
  const t = texts.value.letters;
  const path = ['letters', n];
  const closing = [...path, 'closing'];
  return (
    <section class="block">
      <TextField path={[...path, 'title']} label={t.name} />
      <TextField path={[...path, 'salutation']} label={t.salutation} />
      <TextField path={[...path, 'intro']} label={t.intro} rows={4} />
      <ol class="items">
        {letter.questions.map(({ id, num }, i) => (
          <li key={id} class="item">
            <div class="item-tools">
              <Tool icon="up" label={t.up(num)} onPress={() => change(moveQuestion(pack, n, id, -1))} />
              <Tool icon="down" label={t.down(num)} onPress={() => change(moveQuestion(pack, n, id, 1))} />
              <Tool icon="close" label={t.remove(num)} onPress={() => change(removeQuestion(pack, n, id))} />
            </div>
            <TextField path={[...path, 'questions', i, 'text']} label={t.question(num)} rows={2} />
          </li>
        ))}
      </ol>
      <button type="button" class="button" onClick={() => change(addQuestion(pack, n))}>
        {t.add}
      </button>
      <TextField
        path={closing}
        label={t.closing}
        rows={6}
        value={letter.closing.join('\n\n')}
        onInput={(text) => write(closing, text === '' ? [] : text.split('\n\n'))}
      />
      <TextField path={[...path, 'issuer']} label={t.issuer} />
      <TextField path={[...path, 'date_text']} label={t.dateText} narrow />
      <Check
        label={t.again}
        on={read([...path, 'sign_again']) === true}
        onChange={(on) => write([...path, 'sign_again'], on)}
      />
    </section>
  );
};
