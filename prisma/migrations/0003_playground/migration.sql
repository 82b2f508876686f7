-- The playground counts as unread what came, not what was changed; and finds the message that shows a card.
alter table playground_message add column "born" bigint;
update playground_message set born = seq;
alter table playground_message alter column born set not null;
create index "playground_message_chat_born_idx" on playground_message (chat, born);
create index playground_message_card on playground_message ((card ->> 'id')) where card is not null;
