-- A record that was taken back leaves its version 1 behind; the next record of that assignment is a version 1 too.
-- DropIndex
DROP INDEX "inspection_assignment_id_version_key";

-- CreateIndex
CREATE INDEX "inspection_assignment_id_version_idx" ON "inspection"("assignment_id", "version");
