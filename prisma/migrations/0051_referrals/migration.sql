-- The list behind the referral file (R43): few findings beside all of them.
CREATE INDEX "finding_referred" ON "finding"("campaign", "referred_at", "id") WHERE "referred_at" IS NOT NULL;
