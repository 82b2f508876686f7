// What somebody typed: a command, or words to the bot. In a group only what is addressed to the bot is answered.
import { type CommandName, readCommand, withoutMention } from '../domain/commands.ts';
import type { InboundEvent } from '../ports.ts';
import { answerHelp, answerOverdue, answerReport, answerUnsigned } from './answer-command.ts';
import { answerFixed, answerRefer, answerReopen, answerVerify } from './answer-finding-command.ts';
import { answerSelfcheck } from './answer-selfcheck.ts';
import { answerAssign } from './assign-compounds.ts';
import { answerBind } from './bind-account.ts';
import { answerCorrect } from './correct-record.ts';
import { answerDelegate } from './delegate-duties.ts';
import { answerSpotCheck } from './draw-spot-check.ts';
import { answerProxy } from './enter-record.ts';
import { answerExcuse } from './excuse-person.ts';
import { answerHomeCommand } from './find-home.ts';
import { answerForm } from './hand-out-form.ts';
import { answerPhase } from './move-phase.ts';
import { readTypedAnswer } from './read-typed-answer.ts';
import { sendDashboardLink } from './send-dashboard-link.ts';
import { answerNotice } from './send-notice.ts';
import { type Outcome, type Situation, saying } from './service.ts';
import { answerTownReport } from './submit-town-report.ts';
import { answerWho } from './tell-who.ts';

type Text = Extract<InboundEvent['body'], { kind: 'text' }>;

const answers: Readonly<Record<CommandName, (s: Situation, rest: string) => Outcome | Promise<Outcome>>> = {
  report: answerReport,
  unsigned: answerUnsigned,
  overdue: answerOverdue,
  notice: answerNotice,
  phase: answerPhase,
  selfcheck: answerSelfcheck,
  assign: answerAssign,
  fixed: answerFixed,
  verify: answerVerify,
  reopen: answerReopen,
  refer: answerRefer,
  proxy: answerProxy,
  who: answerWho,
  excuse: answerExcuse,
  delegate: answerDelegate,
  correct: answerCorrect,
  bind: answerBind,
  home: answerHomeCommand,
  dashboard: sendDashboardLink,
  form: answerForm,
  spotcheck: answerSpotCheck,
  townreport: answerTownReport,
  help: answerHelp,
};

export const handleText = async (s: Situation, body: Text): Promise<Outcome> => {
  const addressed = s.event.chat.kind === 'person' || body.mentionsBot;
  const command = readCommand(body.text);
  if (command.kind === 'command') return answers[command.name](s, command.rest);
  if (!addressed) return { change: {}, answer: null };
  if (command.kind === 'unknown')
    return saying(s, 'unknown_command', { words: command.word, nearest: command.nearest });
  return readTypedAnswer(s, withoutMention(body.text), body.quoted);
};
