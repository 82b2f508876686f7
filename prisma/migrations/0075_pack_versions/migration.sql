-- Versions of a pack from a day on (E30): what stands when, and which checklist each assignment asks.
-- AlterTable
ALTER TABLE "pack" ADD COLUMN     "effective_at" TIMESTAMPTZ(3),
ADD COLUMN     "taken_at" TIMESTAMPTZ(3);
UPDATE "pack" SET "effective_at" = "imported_at", "taken_at" = "imported_at";
ALTER TABLE "pack" ALTER COLUMN "effective_at" SET NOT NULL;

-- AlterTable
ALTER TABLE "assignment" ADD COLUMN     "checklist" TEXT;
-- Until now a campaign had one checklist for each strand at a time: the newest pack says which.
UPDATE "assignment" a SET "checklist" = coalesce(
  (SELECT s->>'checklist' FROM "pack" p, jsonb_array_elements(p.body->'plan'->'strands') s
    WHERE p.campaign = a.campaign AND s->>'id' = a.strand ORDER BY p.version DESC LIMIT 1), '');
ALTER TABLE "assignment" ALTER COLUMN "checklist" SET NOT NULL;
