-- CreateTable
CREATE TABLE "registry_turn" (
    "id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "registry_turn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting_change" (
    "id" TEXT NOT NULL,
    "campaign" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" JSONB,
    "by_id" TEXT NOT NULL,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "setting_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "setting_change_campaign_at_idx" ON "setting_change"("campaign", "at");
