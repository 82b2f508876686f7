-- CreateTable
CREATE TABLE "town_report" (
    "campaign" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "figures" JSONB NOT NULL,
    "cut_off_at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" TEXT NOT NULL,
    "by_name" TEXT NOT NULL,
    "late" BOOLEAN NOT NULL,

    CONSTRAINT "town_report_pkey" PRIMARY KEY ("campaign","area","version")
);
