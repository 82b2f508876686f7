-- CreateTable
CREATE TABLE "mobile_lookup" (
    "channel" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "mobile_hash" TEXT NOT NULL,
    "found" BOOLEAN NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mobile_lookup_pkey" PRIMARY KEY ("channel","person_id")
);

-- CreateIndex
CREATE INDEX "mobile_lookup_channel_asked_at_idx" ON "mobile_lookup"("channel", "asked_at");
