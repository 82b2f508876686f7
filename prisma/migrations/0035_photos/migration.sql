-- CreateTable
CREATE TABLE "photo" (
    "id" TEXT NOT NULL,
    "campaign" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "taken_at" TIMESTAMPTZ(3),
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" TEXT NOT NULL,
    "by_name" TEXT NOT NULL,
    "about_kind" TEXT,
    "about_id" TEXT,
    "compound_id" TEXT,
    "area" TEXT,
    "zone" TEXT,
    "inbound" TEXT NOT NULL,

    CONSTRAINT "photo_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "photo_about_id_idx" ON "photo"("about_id");

-- CreateIndex
CREATE INDEX "photo_hash_idx" ON "photo"("hash");

-- What waits for a record is looked for with every answer of its sender, and swept by the minute.
create index photo_waiting on photo (by_id) where about_kind is null;
create index photo_waiting_since on photo (at) where about_kind is null;

-- Whose claim a photo proves.
create index finding_claimed_by on finding (claimed_by_id, claimed_at) where claimed_by_id is not null;
