-- AlterTable
ALTER TABLE "rollup" DROP CONSTRAINT "rollup_pkey",
ADD CONSTRAINT "rollup_pkey" PRIMARY KEY ("campaign", "day", "measure", "area", "organisation", "department", "on_day", "late");

-- CreateTable
CREATE TABLE "rollup_span" (
    "campaign" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "department" TEXT NOT NULL,
    "last_day" DATE NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "rollup_span_pkey" PRIMARY KEY ("campaign","last_day","measure","area","organisation","department")
);
