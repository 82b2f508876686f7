-- AlterTable
ALTER TABLE "role_holding" ADD COLUMN     "deputy_for" TEXT;

-- AlterTable
ALTER TABLE "assignment" ADD COLUMN     "stands_for" TEXT;

-- CreateTable
CREATE TABLE "former_home" (
    "person_id" TEXT NOT NULL,
    "compound_id" TEXT NOT NULL,
    "until" DATE NOT NULL,

    CONSTRAINT "former_home_pkey" PRIMARY KEY ("person_id","compound_id","until")
);

-- CreateTable
CREATE TABLE "exclusion" (
    "id" TEXT NOT NULL,
    "campaign" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL,
    "told_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" TEXT,

    CONSTRAINT "exclusion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bind_code" (
    "hash" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bind_code_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "exclusion_person_id_idx" ON "exclusion"("person_id");

-- CreateIndex
CREATE INDEX "exclusion_campaign_state_idx" ON "exclusion"("campaign", "state");

-- One claim of a person is open at a time.
CREATE UNIQUE INDEX "exclusion_open" ON "exclusion"("person_id") WHERE "state" = 'claimed';
