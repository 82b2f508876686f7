// A card as somebody reviewing the wording reads it: nothing left out, nothing of any platform.
import type { Card } from '../../src/domain/card.ts';

const marks = { choice: '▾', ticks: '☐', text: '____' } as const;

export const cardText = (card: Card): string =>
  [
    `${card.title}`,
    ...card.lines.map((line) => `  ${line}`),
    ...card.fields.flatMap((field) => [
      `  ${marks[field.kind]} ${field.label}${field.required ? ' *' : ''}  <${field.id}>`,
      ...(field.options ?? []).map((option) => `      ${option.label}  <${option.id}>`),
    ]),
    card.actions
      .map((action) => `〔${action.label}〕<${action.id}>${action.style ? ` ${action.style}` : ''}`)
      .join(' '),
    `  (${card.state}${card.stateText ? `: ${card.stateText}` : ''})`,
    '',
  ].join('\n');
