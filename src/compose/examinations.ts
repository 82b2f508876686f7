// Which set-ups `doctor` looks at: those of the platforms that are configured.
import { examineRobot } from '../channels/dingtalk/examine.ts';
import { examineBot } from '../channels/telegram/examine.ts';
import { examineApp } from '../channels/wecom/examine.ts';
import type { Config } from '../config.ts';
import type { Examination } from '../ports-checks.ts';

export const examinations = ({ wecomApp, telegram, dingtalk, publicUrl }: Config): readonly Examination[] => [
  ...(wecomApp ? [() => examineApp(wecomApp, publicUrl)] : []),
  ...(dingtalk ? [() => examineRobot(dingtalk, publicUrl)] : []),
  ...(telegram ? [() => examineBot(telegram, publicUrl)] : []),
];
