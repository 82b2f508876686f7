-- AlterTable
ALTER TABLE "bind_code" ADD COLUMN     "used_at" TIMESTAMPTZ(3);
