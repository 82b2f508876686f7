-- CreateIndex
CREATE INDEX "inbound_at_idx" ON "inbound" USING BRIN ("at");
