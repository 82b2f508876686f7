-- Telegram's buttons have no memory: the cards that were shown, what people chose on them and did not hand in yet, and
-- the groups that were given a new id.
CREATE TABLE "shown_card" (
    "card_id" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "card" JSONB NOT NULL,
    "names" JSONB NOT NULL,
    "place" JSONB,
    "drawn" TEXT,

    CONSTRAINT "shown_card_pkey" PRIMARY KEY ("card_id","owner")
);

CREATE TABLE "card_draft" (
    "token" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "ticks" JSONB NOT NULL,
    "texts" JSONB NOT NULL,
    "page" INTEGER NOT NULL,
    "asked_message" INTEGER,
    "asked_field" TEXT,

    CONSTRAINT "card_draft_pkey" PRIMARY KEY ("token","account")
);

CREATE TABLE "chat_move" (
    "channel" TEXT NOT NULL,
    "moved_to" TEXT NOT NULL,
    "known_as" TEXT NOT NULL,

    CONSTRAINT "chat_move_pkey" PRIMARY KEY ("channel","moved_to")
);

CREATE UNIQUE INDEX "shown_card_token_key" ON "shown_card"("token");
CREATE INDEX "card_draft_account_asked_message_idx" ON "card_draft"("account", "asked_message");
CREATE UNIQUE INDEX "chat_move_channel_known_as_key" ON "chat_move"("channel", "known_as");
