// A card as the playground shows it: all of it.
import type { PreviewCard } from '../../domain/card-preview.ts';
import { encodeMessage } from './codec.ts';

export const previewCard: PreviewCard = (card) => {
  const { card: shown } = encodeMessage({ card });
  if (!shown) return { channel: 'playground', messages: [] };
  const { title, lines, fields, actions, stateText } = shown;
  return {
    channel: 'playground',
    messages: [
      {
        kind: 'card',
        title,
        lines: [...lines, ...(stateText ? [stateText] : [])],
        inputs: fields.map(({ kind, label, options = [] }) => ({ kind, label, options: options.map((o) => o.label) })),
        buttons: actions.length > 0 ? [actions.map(({ label }) => label)] : [],
      },
    ],
  };
};
