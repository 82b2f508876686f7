// A town sends its report, corrects it, or looks at it again (R41); whoever supervises sees the board of who has (E33).
import { areasOf, zoneOf } from '../domain/campaign.ts';
import { textOf } from '../domain/card.ts';
import { allOf } from '../domain/change.ts';
import { scopesOf } from '../domain/people.ts';
import { may } from '../domain/rights.ts';
import { nextReport, type TownReport } from '../domain/town-report.ts';
import { replyCard } from './reply-card.ts';
import { eventOf, type Outcome, type Situation, saying } from './service.ts';
import { show } from './show-card.ts';
import { liveTowns, townReportForm } from './town-report-form.ts';

const mostCharacters = 1000;

/** The town of the card, of the reminder, or the person's own. */
const areaOf = (s: Situation): string | null => {
  const area = s.scene.card?.data.area ?? s.scene.card?.data.townReport;
  if (typeof area === 'string') return area;
  return scopesOf(s.person, 'town_contact')[0] ?? scopesOf(s.person, 'town_head')[0] ?? null;
};

/** 报送: what is sent is frozen as it stands now; again is a new version. */
export const submitTownReport = async (s: Situation): Promise<Outcome> => {
  const area = areaOf(s);
  const dueOn = s.campaign.townReportDue;
  if (area === null || dueOn === null) return saying(s, 'card_closed');
  if (!may(s.person, 'send_town_report', { area })) return saying(s, 'refusal_not_your_report', { area });
  const text = s.event.body.kind === 'press' ? textOf(s.event.body.values, 'note') : '';
  if (text.length > mostCharacters) return saying(s, 'too_long', { max: mostCharacters });
  const [[before = null], live] = await Promise.all([
    s.service.townReports.latest(s.campaign.id, [area]),
    liveTowns(s.service, s.campaign, [area]),
  ]);
  const figures = live.of(area);
  if (!figures) return saying(s, 'card_closed');
  const by = { byId: s.person.id, byName: s.person.name };
  const report = nextReport(
    before,
    { campaign: s.campaign.id, area, text, figures, cutOffAt: s.now, ...by },
    s.today,
    dueOn,
  );
  const shown = show(s, {
    kind: 'town_report',
    draws: townReportForm(area, dueOn, s.today, { cutOffAt: s.now, figures }, report),
    data: { area },
    said: s.service.cards(s.campaign).say('town_report_sent', { area, version: report.version, late: report.late }),
  });
  return {
    answer: shown.answer,
    change: allOf([
      shown.change,
      {
        townReports: [report],
        events: [
          eventOf(
            s,
            'town_report.submitted',
            { kind: 'town_report', id: area },
            { version: report.version, late: report.late },
          ),
        ],
      },
    ]),
  };
};

/** The card with the figures of this minute: in its own place, or where the reminder stood. */
export const showTownReport = async (s: Situation): Promise<Outcome> => {
  const area = areaOf(s);
  const dueOn = s.campaign.townReportDue;
  if (area === null || dueOn === null) return saying(s, 'card_closed');
  if (!may(s.person, 'send_town_report', { area })) return saying(s, 'refusal_not_your_report', { area });
  const [[report = null], live] = await Promise.all([
    s.service.townReports.latest(s.campaign.id, [area]),
    liveTowns(s.service, s.campaign, [area]),
  ]);
  const figures = live.of(area);
  if (!figures) return saying(s, 'card_closed');
  return show(s, {
    kind: 'town_report',
    draws: townReportForm(area, dueOn, s.today, { cutOffAt: live.cutOffAt, figures }, report),
    data: { area },
  });
};

/** /townreport: the own report for a town, the board of who has for whoever supervises. */
export const answerTownReport = async (s: Situation, text: string): Promise<Outcome> => {
  if (s.campaign.townReportDue === null) return saying(s, 'no_town_report');
  const named = areasOf(s.campaign).filter((area) => text !== '' && area.includes(text));
  if (text !== '' && named.length === 0) return saying(s, 'place_unknown', { words: text, nearest: [] });
  const own = areasOf(s.campaign).filter((area) => may(s.person, 'send_town_report', { area }));
  const [meant] = own.filter((area) => text === '' || named.includes(area));
  if (meant !== undefined) return showTownReport({ ...s, scene: { ...s.scene, card: null } });
  const seen = (named.length > 0 ? named : areasOf(s.campaign)).filter((area) =>
    may(s.person, 'see_figures', { area, zone: zoneOf(s.campaign, area) }),
  );
  if (seen.length === 0)
    return saying(s, own.length > 0 ? 'refusal_not_your_report' : 'not_allowed_report', {
      area: text,
      place: text || s.service.cards(s.campaign).say('whole_city'),
    });
  return board(s, seen, await s.service.townReports.latest(s.campaign.id, seen));
};

const board = (s: Situation, areas: readonly string[], reports: readonly TownReport[]): Outcome => {
  const book = s.service.cards(s.campaign);
  const sent = new Map(reports.map((report) => [report.area, report]));
  const rows = areas.map((area) => {
    const report = sent.get(area);
    return {
      name: area,
      detail: report
        ? book.say('town_report_row', {
            at: report.cutOffAt,
            by: report.byName,
            version: report.version,
            late: report.late,
          })
        : book.say('town_report_missing'),
    };
  });
  return replyCard(s, {
    title: book.say('town_report_board', { sent: sent.size, all: areas.length, dueOn: s.campaign.townReportDue }),
    cutOffAt: s.now,
    figures: null,
    rows,
    total: rows.length,
  });
};
