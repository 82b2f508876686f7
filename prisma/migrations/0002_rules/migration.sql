-- What schema.prisma has no words for: uniqueness among live rows, small indexes over what is under way, and the way a
-- commit says that somebody was faster.

-- One live version for each assignment (DESIGN §4).
create unique index inspection_live on inspection (assignment_id) where live;
-- The last record of one person at one compound, and a compound's live records.
create index inspection_compound_live on inspection (campaign, compound_id, entered_at desc) where live;

-- What a town still has to do is small beside what it has done.
create index finding_to_fix on finding (campaign, area, due_on) where state in ('open', 'notified', 'claimed', 'reopened');
create index finding_unheard on finding (campaign, opened_at) where state = 'open';
create index finding_present on finding (campaign, compound_id) where state in ('open', 'notified', 'claimed', 'reported', 'reopened');

create index assignment_open on assignment (campaign, compound_id) where state in ('open', 'partial');
create index assignment_person_open on assignment (campaign, person_id) where state in ('open', 'partial');
create index assignment_zone_day on assignment (campaign, zone, from_on) where kind in ('zone', 'strengthened', 'recheck');
create unique index assignment_home on assignment (campaign, person_id, from_on) where kind = 'home';

-- The outbox: what waits to be posted to its lane, and what stands in it.
create index outbox_unposted on outbox (not_before, id) where state = 'waiting' and seq is null;
create index outbox_posted on outbox (channel, chat, seq) where state = 'waiting' and seq is not null;
create index outbox_sending on outbox (channel, chat) where state = 'sending';
-- Which notice told a town of a finding.
create index outbox_findings on outbox using gin (about jsonb_path_ops) where kind = 'finding';
-- How much was asked of people on a day, for the digest.
create index outbox_sent on outbox (sent_at) where state = 'sent';
create index lane_due on lane (due_at) where due_at is not null;

-- Raises the error that the committer reads as "stale": the statement it ends writes nothing.
create function refuse_stale() returns integer language plpgsql as $$
begin
  raise exception 'the records changed meanwhile' using errcode = 'DD001';
end
$$;
