-- CreateTable
CREATE TABLE "one_time_link" (
    "key" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "campaign" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_link_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "session" (
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "one_time_link_person_id_idx" ON "one_time_link"("person_id");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");
