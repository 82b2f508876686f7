-- CreateTable
CREATE TABLE "monthly_use" (
    "channel" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "used" INTEGER NOT NULL,

    CONSTRAINT "monthly_use_pkey" PRIMARY KEY ("channel","month","what")
);
