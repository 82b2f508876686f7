-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "pack" (
    "campaign" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pack_pkey" PRIMARY KEY ("campaign","version")
);

-- CreateTable
CREATE TABLE "organisation" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "area" TEXT,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "organisation_id" TEXT,
    "department" TEXT,
    "staff_kind" TEXT,
    "mobile" TEXT,
    "compound_id" TEXT,
    "lives" TEXT NOT NULL,
    "unit_id" TEXT,
    "no_account" BOOLEAN NOT NULL,
    "joined_on" DATE,
    "left_on" DATE,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role_holding" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "campaign" TEXT,
    "scope_kind" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "from_on" DATE,
    "to_on" DATE,
    "batch" TEXT,

    CONSTRAINT "role_holding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "absence" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "from_on" DATE NOT NULL,
    "to_on" DATE NOT NULL,
    "reason" TEXT,
    "by_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "absence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "binding" (
    "channel" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "bound_at" TIMESTAMPTZ(3) NOT NULL,
    "lost_at" TIMESTAMPTZ(3),

    CONSTRAINT "binding_pkey" PRIMARY KEY ("channel","external_id")
);

-- CreateTable
CREATE TABLE "chat_group" (
    "channel" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "serves_kind" TEXT NOT NULL,
    "serves_name" TEXT NOT NULL,
    "webhook_key" TEXT,
    "bound_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chat_group_pkey" PRIMARY KEY ("channel","external_id")
);

-- CreateTable
CREATE TABLE "company" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "origin" TEXT NOT NULL,

    CONSTRAINT "company_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "company_unit" (
    "id" TEXT NOT NULL,
    "company_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "area" TEXT,
    "added_on" DATE,

    CONSTRAINT "company_unit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "compound" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "aliases" TEXT[],
    "pinyin" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "estate" TEXT,
    "status" TEXT NOT NULL,
    "merged_id" TEXT,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "compound_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "management" (
    "id" TEXT NOT NULL,
    "compound_id" TEXT NOT NULL,
    "unit_id" TEXT,
    "from_on" DATE,
    "to_on" DATE,

    CONSTRAINT "management_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "zone_area" (
    "id" TEXT NOT NULL,
    "campaign" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "from_on" DATE,
    "to_on" DATE,

    CONSTRAINT "zone_area_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "roster_import" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "hash" TEXT NOT NULL,
    "added" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "unchanged" INTEGER NOT NULL,
    "faults" JSONB NOT NULL,

    CONSTRAINT "roster_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assignment" (
    "id" TEXT NOT NULL,
    "campaign" TEXT NOT NULL,
    "strand" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "compound_id" TEXT,
    "area" TEXT,
    "zone" TEXT,
    "organisation" TEXT,
    "department" TEXT,
    "reasons" TEXT[],
    "from_on" DATE NOT NULL,
    "to_on" DATE,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "draft" JSONB,

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inspection" (
    "id" TEXT NOT NULL,
    "campaign" TEXT NOT NULL,
    "assignment_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "replaces_id" TEXT,
    "live" BOOLEAN NOT NULL,
    "strand" TEXT NOT NULL,
    "checklist" TEXT NOT NULL,
    "check_on" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "entered_at" TIMESTAMPTZ(3) NOT NULL,
    "inspector_id" TEXT NOT NULL,
    "entered_by_id" TEXT,
    "compound_id" TEXT NOT NULL,
    "compound_name" TEXT NOT NULL,
    "compound_status" TEXT NOT NULL,
    "inspector_name" TEXT NOT NULL,
    "company" TEXT,
    "area" TEXT NOT NULL,
    "zone" TEXT,
    "department" TEXT,
    "answers" JSONB NOT NULL,
    "note" TEXT,
    "source" JSONB NOT NULL,
    "flags" TEXT[],

    CONSTRAINT "inspection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "coverage" (
    "campaign" TEXT NOT NULL,
    "compound_id" TEXT NOT NULL,
    "inspection_id" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "covered_at" TIMESTAMPTZ(3) NOT NULL,
    "covered_on" DATE NOT NULL,

    CONSTRAINT "coverage_pkey" PRIMARY KEY ("campaign","compound_id")
);

-- CreateTable
CREATE TABLE "finding" (
    "id" TEXT NOT NULL,
    "campaign" TEXT NOT NULL,
    "compound_id" TEXT NOT NULL,
    "compound_name" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "zone" TEXT,
    "company" TEXT,
    "unit_id" TEXT,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "inspection_ids" TEXT[],
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "notified_at" TIMESTAMPTZ(3),
    "due_on" DATE,
    "promised_on" DATE,
    "claimed_at" TIMESTAMPTZ(3),
    "claimed_by_id" TEXT,
    "reported_at" TIMESTAMPTZ(3),
    "verified_at" TIMESTAMPTZ(3),
    "reopened_at" TIMESTAMPTZ(3),
    "referred_at" TIMESTAMPTZ(3),

    CONSTRAINT "finding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "letter" (
    "id" TEXT NOT NULL,
    "campaign" TEXT NOT NULL,
    "letter" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "area" TEXT,
    "zone" TEXT,
    "signatory_id" TEXT,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "answers" JSONB NOT NULL,
    "remark" TEXT,
    "due_on" DATE NOT NULL,
    "owed_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3),
    "signed_at" TIMESTAMPTZ(3),
    "signed_by_id" TEXT,

    CONSTRAINT "letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_row" (
    "campaign" TEXT NOT NULL,
    "letter_id" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "area" TEXT,
    "zone" TEXT,
    "frozen_at" TIMESTAMPTZ(3) NOT NULL,
    "state_then" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "reason" TEXT,

    CONSTRAINT "ledger_row_pkey" PRIMARY KEY ("campaign","letter_id")
);

-- CreateTable
CREATE TABLE "nudge" (
    "campaign" TEXT NOT NULL,
    "about_kind" TEXT NOT NULL,
    "about_id" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "to_id" TEXT,
    "on" DATE NOT NULL,
    "outbox_key" TEXT,

    CONSTRAINT "nudge_pkey" PRIMARY KEY ("campaign","about_kind","about_id","step")
);

-- CreateTable
CREATE TABLE "slot" (
    "campaign" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "slot_pkey" PRIMARY KEY ("campaign","kind","day")
);

-- CreateTable
CREATE TABLE "event" (
    "id" BIGSERIAL NOT NULL,
    "campaign" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "by_id" TEXT,
    "by_name" TEXT,
    "inbound" TEXT,
    "data" JSONB NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delta" (
    "id" BIGSERIAL NOT NULL,
    "campaign" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "department" TEXT NOT NULL,
    "on_day" DATE NOT NULL,
    "day" DATE NOT NULL,
    "late" BOOLEAN NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "delta_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rollup" (
    "campaign" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "department" TEXT NOT NULL,
    "on_day" DATE NOT NULL,
    "day" DATE NOT NULL,
    "late" BOOLEAN NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "rollup_pkey" PRIMARY KEY ("campaign","measure","area","organisation","department","on_day","day","late")
);

-- CreateTable
CREATE TABLE "card" (
    "id" TEXT NOT NULL,
    "campaign" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "person_id" TEXT,
    "data" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "closes_at" TIMESTAMPTZ(3),

    CONSTRAINT "card_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "card_view" (
    "card_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "card" JSONB NOT NULL,
    "data" JSONB NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "card_view_pkey" PRIMARY KEY ("card_id","person_id")
);

-- CreateTable
CREATE TABLE "card_mark" (
    "id" BIGSERIAL NOT NULL,
    "card_id" TEXT NOT NULL,

    CONSTRAINT "card_mark_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbound" (
    "channel" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "person_id" TEXT,
    "chat" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT,
    "press" JSONB,
    "answer" JSONB,

    CONSTRAINT "inbound_pkey" PRIMARY KEY ("channel","event_id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "campaign" TEXT,
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "person_id" TEXT,
    "kind" TEXT NOT NULL,
    "verb" TEXT NOT NULL,
    "about" JSONB NOT NULL,
    "rung" TEXT,
    "message" JSONB NOT NULL,
    "card_id" TEXT,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "seq" INTEGER,
    "attempts" INTEGER NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "sent" JSONB,
    "error" TEXT,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lane" (
    "channel" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "lease" TEXT,
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "lane_pkey" PRIMARY KEY ("channel","chat")
);

-- CreateTable
CREATE TABLE "send_limit" (
    "key" TEXT NOT NULL,
    "tokens" DOUBLE PRECISION NOT NULL,
    "refilled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "send_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "playground_message" (
    "id" TEXT NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "chat" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "from_id" TEXT,
    "from_name" TEXT,
    "text" TEXT,
    "image" TEXT,
    "card" JSONB,

    CONSTRAINT "playground_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "playground_read" (
    "person_id" TEXT NOT NULL,
    "chat" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,

    CONSTRAINT "playground_read_pkey" PRIMARY KEY ("person_id","chat")
);

-- CreateIndex
CREATE UNIQUE INDEX "organisation_name_key" ON "organisation"("name");

-- CreateIndex
CREATE UNIQUE INDEX "person_mobile_key" ON "person"("mobile");

-- CreateIndex
CREATE INDEX "person_organisation_id_department_idx" ON "person"("organisation_id", "department");

-- CreateIndex
CREATE INDEX "person_name_idx" ON "person"("name");

-- CreateIndex
CREATE INDEX "person_compound_id_idx" ON "person"("compound_id");

-- CreateIndex
CREATE INDEX "role_holding_person_id_idx" ON "role_holding"("person_id");

-- CreateIndex
CREATE INDEX "role_holding_role_scope_kind_scope_idx" ON "role_holding"("role", "scope_kind", "scope");

-- CreateIndex
CREATE INDEX "absence_person_id_idx" ON "absence"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "binding_person_id_channel_key" ON "binding"("person_id", "channel");

-- CreateIndex
CREATE INDEX "chat_group_serves_kind_serves_name_idx" ON "chat_group"("serves_kind", "serves_name");

-- CreateIndex
CREATE UNIQUE INDEX "company_name_key" ON "company"("name");

-- CreateIndex
CREATE UNIQUE INDEX "company_unit_name_key" ON "company_unit"("name");

-- CreateIndex
CREATE INDEX "company_unit_company_id_idx" ON "company_unit"("company_id");

-- CreateIndex
CREATE INDEX "company_unit_area_idx" ON "company_unit"("area");

-- CreateIndex
CREATE INDEX "compound_name_idx" ON "compound"("name");

-- CreateIndex
CREATE UNIQUE INDEX "compound_area_name_key" ON "compound"("area", "name");

-- CreateIndex
CREATE INDEX "management_compound_id_idx" ON "management"("compound_id");

-- CreateIndex
CREATE INDEX "management_unit_id_idx" ON "management"("unit_id");

-- CreateIndex
CREATE INDEX "zone_area_campaign_zone_idx" ON "zone_area"("campaign", "zone");

-- CreateIndex
CREATE INDEX "assignment_campaign_state_to_on_idx" ON "assignment"("campaign", "state", "to_on");

-- CreateIndex
CREATE INDEX "assignment_campaign_person_id_state_idx" ON "assignment"("campaign", "person_id", "state");

-- CreateIndex
CREATE INDEX "assignment_campaign_compound_id_idx" ON "assignment"("campaign", "compound_id");

-- CreateIndex
CREATE INDEX "assignment_campaign_from_on_id_idx" ON "assignment"("campaign", "from_on", "id");

-- CreateIndex
CREATE INDEX "inspection_campaign_compound_id_entered_at_idx" ON "inspection"("campaign", "compound_id", "entered_at");

-- CreateIndex
CREATE INDEX "inspection_campaign_inspector_id_entered_at_idx" ON "inspection"("campaign", "inspector_id", "entered_at");

-- CreateIndex
CREATE INDEX "inspection_campaign_recorded_at_id_idx" ON "inspection"("campaign", "recorded_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "inspection_assignment_id_version_key" ON "inspection"("assignment_id", "version");

-- CreateIndex
CREATE INDEX "finding_campaign_state_area_idx" ON "finding"("campaign", "state", "area");

-- CreateIndex
CREATE INDEX "finding_campaign_compound_id_item_idx" ON "finding"("campaign", "compound_id", "item");

-- CreateIndex
CREATE INDEX "finding_campaign_opened_at_id_idx" ON "finding"("campaign", "opened_at", "id");

-- CreateIndex
CREATE INDEX "letter_campaign_signatory_id_idx" ON "letter"("campaign", "signatory_id");

-- CreateIndex
CREATE INDEX "letter_campaign_state_idx" ON "letter"("campaign", "state");

-- CreateIndex
CREATE UNIQUE INDEX "letter_campaign_letter_unit_id_key" ON "letter"("campaign", "letter", "unit_id");

-- CreateIndex
CREATE INDEX "nudge_campaign_on_idx" ON "nudge"("campaign", "on");

-- CreateIndex
CREATE INDEX "event_campaign_id_idx" ON "event"("campaign", "id");

-- CreateIndex
CREATE INDEX "event_subject_kind_subject_id_idx" ON "event"("subject_kind", "subject_id");

-- CreateIndex
CREATE INDEX "card_channel_chat_idx" ON "card"("channel", "chat");

-- CreateIndex
CREATE INDEX "card_campaign_kind_created_at_idx" ON "card"("campaign", "kind", "created_at");

-- CreateIndex
CREATE INDEX "card_mark_card_id_idx" ON "card_mark"("card_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_key_key" ON "outbox"("key");

-- CreateIndex
CREATE INDEX "outbox_channel_chat_seq_idx" ON "outbox"("channel", "chat", "seq");

-- CreateIndex
CREATE INDEX "outbox_card_id_idx" ON "outbox"("card_id");

-- CreateIndex
CREATE INDEX "outbox_campaign_id_idx" ON "outbox"("campaign", "id");

-- CreateIndex
CREATE INDEX "playground_message_chat_seq_idx" ON "playground_message"("chat", "seq");
