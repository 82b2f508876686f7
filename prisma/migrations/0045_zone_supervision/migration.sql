-- CreateTable
CREATE TABLE "notice" (
    "id" TEXT NOT NULL,
    "campaign" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "replaces_id" TEXT,
    "text" TEXT NOT NULL,
    "urgent" BOOLEAN NOT NULL,
    "zones" TEXT[],
    "by_id" TEXT NOT NULL,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_reading" (
    "notice_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_reading_pkey" PRIMARY KEY ("notice_id","person_id")
);

-- CreateTable
CREATE TABLE "hand_over" (
    "id" TEXT NOT NULL,
    "campaign" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "version" INTEGER NOT NULL,
    "summary" JSONB NOT NULL,
    "steps" JSONB NOT NULL,

    CONSTRAINT "hand_over_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "help_request" (
    "id" TEXT NOT NULL,
    "campaign" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "zone" TEXT,
    "area" TEXT,
    "text" TEXT NOT NULL,
    "by_id" TEXT NOT NULL,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "owner_id" TEXT,
    "owner_name" TEXT,
    "answer" TEXT,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "help_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "phase_change" (
    "id" TEXT NOT NULL,
    "campaign" TEXT NOT NULL,
    "strand" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "end_on" DATE,
    "by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "phase_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "notice_campaign_by_id_at_idx" ON "notice"("campaign", "by_id", "at");

-- CreateIndex
CREATE INDEX "hand_over_campaign_day_idx" ON "hand_over"("campaign", "day");

-- CreateIndex
CREATE UNIQUE INDEX "hand_over_campaign_zone_day_key" ON "hand_over"("campaign", "zone", "day");

-- CreateIndex
CREATE INDEX "help_request_campaign_state_zone_idx" ON "help_request"("campaign", "state", "zone");

-- CreateIndex
CREATE INDEX "help_request_campaign_by_id_idx" ON "help_request"("campaign", "by_id");

-- CreateIndex
CREATE INDEX "phase_change_campaign_at_idx" ON "phase_change"("campaign", "at");
