-- CreateTable
CREATE TABLE "spot_check" (
    "id" TEXT NOT NULL,
    "campaign" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" TEXT NOT NULL,
    "by_name" TEXT NOT NULL,
    "frame_kind" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "seed" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "frame" JSONB NOT NULL,

    CONSTRAINT "spot_check_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "spot_draw" (
    "assignment_id" TEXT NOT NULL,
    "spot_check_id" TEXT NOT NULL,
    "campaign" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "compound_id" TEXT NOT NULL,
    "first_id" TEXT,
    "again_id" TEXT,
    "outcome" TEXT,
    "items" TEXT[],
    "version" INTEGER NOT NULL,

    CONSTRAINT "spot_draw_pkey" PRIMARY KEY ("assignment_id")
);

-- CreateIndex
CREATE INDEX "spot_check_campaign_at_id_idx" ON "spot_check"("campaign", "at", "id");

-- CreateIndex
CREATE INDEX "spot_draw_spot_check_id_place_idx" ON "spot_draw"("spot_check_id", "place");

-- Draws that wait for their comparison, and spot checks under way: few beside those that are done.
CREATE INDEX "spot_draw_open" ON "spot_draw"("campaign") WHERE "outcome" IS NULL;
