-- AlterTable
ALTER TABLE "MatchResult" ADD COLUMN     "cause" TEXT,
ADD COLUMN     "disputedPlayer" INTEGER;
