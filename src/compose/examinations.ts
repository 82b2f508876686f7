// Which set-ups `doctor` looks at: those of the platforms that are configured.
import { examineBot } from '../channels/telegram/examine.ts';
import { examineApp } from '../channels/wecom/examine.ts';
import type { Config } from '../config.ts';
import type { Examination } from '../ports-checks.ts';

export const examinations = ({ wecomApp, telegram, publicUrl }: Config): readonly Examination[] => [
  ...(wecomApp ? [() => examineApp(wecomApp, publicUrl)] : []),
  ...(telegram ? [() => examineBot(telegram, publicUrl)] : []),
];
