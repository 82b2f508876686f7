-- What processes agree on: who holds the one connection of WeCom's bot, and which response codes of cards are used up.
CREATE TABLE "lease" (
    "name" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("name")
);

CREATE TABLE "single_use" (
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "single_use_pkey" PRIMARY KEY ("key")
);

CREATE INDEX "single_use_at_idx" ON "single_use"("at");
