// A card as an HTML form: complete without script, in the oldest web view. Nothing is chosen beforehand but what its person
// chose before (R20).
import type { Card, CardField, CardValues } from '../../domain/card.ts';
import { textOf, ticksOf } from '../../domain/card.ts';
import type { Language } from '../../domain/problem.ts';
import { formTexts } from './form-texts.ts';
import { html } from './html.ts';

export interface FormPage {
  readonly card: Card;
  /** Names this filling of the form: sent twice it is one. */
  readonly submission: string;
  readonly values: CardValues;
  /** What came of the last try. */
  readonly said: string | null;
  readonly photos: boolean;
}

/** Longer lists are chosen from in a menu. */
const MOST_RADIOS = 4;
const LONG_TEXTS = ['note', 'remark'];

const box = (
  type: 'radio' | 'checkbox',
  field: CardField,
  option: { id: string; label: string },
  on: boolean,
): string =>
  `<label class="pick"><input type="${type}" name="${html(field.id)}" value="${html(option.id)}"${on ? ' checked' : ''}><span>${html(option.label)}</span></label>`;

const fieldHtml = (field: CardField, values: CardValues, choose: string): string => {
  const name = html(field.id);
  const label = html(field.label);
  const chosen = ticksOf(values, field.id);
  const options = field.options ?? [];
  if (field.kind === 'text') {
    const value = html(textOf(values, field.id));
    const control = LONG_TEXTS.includes(field.id)
      ? `<textarea class="input" id="f-${name}" name="${name}" rows="2" maxlength="1000">${value}</textarea>`
      : `<input class="input" id="f-${name}" name="${name}" value="${value}" maxlength="200">`;
    return `<div class="field"><label for="f-${name}">${label}</label>${control}</div>`;
  }
  if (field.kind === 'choice' && options.length > MOST_RADIOS) {
    const all = options.map(
      (o) => `<option value="${html(o.id)}"${chosen.includes(o.id) ? ' selected' : ''}>${html(o.label)}</option>`,
    );
    return `<div class="field"><label for="f-${name}">${label}</label><select class="input" id="f-${name}" name="${name}"><option value="">${html(choose)}</option>${all.join('')}</select></div>`;
  }
  const type = field.kind === 'ticks' ? 'checkbox' : 'radio';
  const picks = options.map((option) => box(type, field, option, chosen.includes(option.id)));
  return `<fieldset class="field ${field.kind}"><legend>${label}</legend><div class="picks">${picks.join('')}</div></fieldset>`;
};

/**
 * The inside of <main>. Its first button means nothing: Enter in a line of text presses a form's first button, and nobody
 * may answer "all done" that way.
 */
export const formHtml = ({ card, submission, values, said, photos }: FormPage, language: Language): string => {
  const texts = formTexts[language];
  const says = {
    offline: texts.offline,
    sending: texts.sending,
    refused: texts.refused,
    kept: texts.draftKept,
    unread: texts.photoUnread,
    most: texts.photosMost,
    remove: texts.photoRemove,
  };
  const data = Object.entries(says).map(([name, text]) => ` data-${name}="${html(text)}"`);
  return `<h1>${html(card.title)}</h1>
${card.lines.map((line) => `<p>${html(line)}</p>`).join('\n')}
<form method="post" enctype="multipart/form-data"${data.join('')}>
<button class="visually-hidden" name="action" value="" tabindex="-1" aria-hidden="true"></button>
<input type="hidden" name="submission" value="${html(submission)}">
${card.fields.map((field) => fieldHtml(field, values, texts.choose)).join('\n')}
${photos ? `<div class="field"><label for="photos">${html(texts.photos)}</label><p class="hint">${html(texts.photosHint)}</p><input id="photos" type="file" name="photos" accept="image/*" multiple><ul class="shots"></ul></div>` : ''}
<div class="foot"><p class="said" role="alert">${html(said ?? '')}</p>
<div class="actions">${card.actions
    .filter((action) => action.url === undefined)
    .map(
      (action) =>
        `<button class="button${action.style === 'primary' ? ' button-primary' : ''}" name="action" value="${html(action.id)}">${html(action.label)}</button>`,
    )
    .join('')}</div></div>
<p class="hint">${html(texts.once)}<span class="kept"></span></p>
</form>`;
};

export const doneHtml = (card: Card | undefined, toast: string | undefined, language: Language): string =>
  `<h1 class="done">✓ ${html(toast ?? card?.title ?? '')}</h1>
${(card?.lines ?? []).map((line) => `<p>${html(line)}</p>`).join('\n')}
<p class="hint">${html(formTexts[language].done)}</p>`;

export const sentenceHtml = ([title, line]: readonly [string, string]): string =>
  `<h1>${html(title)}</h1><p>${html(line)}</p>`;

export const pageHtml = (title: string, main: string, language: Language): string => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)}</title><link rel="stylesheet" href="/form/form.css"></head>
<body><main>${main}</main><script src="/form/form.js" type="module"></script></body></html>
`;
