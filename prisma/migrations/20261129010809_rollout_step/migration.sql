-- AlterTable
ALTER TABLE "Rollout" ADD COLUMN "step" TEXT;
