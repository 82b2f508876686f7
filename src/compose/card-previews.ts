// Every card of a pack, as each platform shows it: for the check of a pack on the console and for the page that edits it.

import { type PackSample, packSamples } from '../cards/pack-samples.ts';
import { previewCard as onDingtalk } from '../channels/dingtalk/preview.ts';
import { previewCard as onFeishu } from '../channels/feishu/preview.ts';
import { previewCard as onPlayground } from '../channels/playground/preview.ts';
import { previewCard as onTelegram } from '../channels/telegram/preview.ts';
import { previewCard as onWecom } from '../channels/wecom/preview.ts';
import type { Campaign } from '../domain/campaign.ts';
import { type CardPreview, type Misfit, misfitsOf, type PreviewCard } from '../domain/card-preview.ts';
import type { CardBook } from '../ports.ts';

const channels: readonly PreviewCard[] = [onPlayground, onWecom, onDingtalk, onTelegram, onFeishu];

export interface SamplePreview extends PackSample {
  readonly on: readonly (CardPreview & { readonly misfits: readonly Misfit[] })[];
}

export const previewPack = (campaign: Campaign, book: CardBook): SamplePreview[] =>
  packSamples(campaign, book).map((sample) => ({
    ...sample,
    on: channels.map((draw) => {
      const preview = draw(sample.card, sample.place);
      return { ...preview, misfits: misfitsOf(sample.card, preview) };
    }),
  }));
