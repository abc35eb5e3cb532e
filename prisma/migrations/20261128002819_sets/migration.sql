-- AlterTable
ALTER TABLE "MatchSession" ADD COLUMN     "firstTo" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "follows" TEXT,
ADD COLUMN     "wins1" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "wins2" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "MatchSession_follows_idx" ON "MatchSession"("follows");
