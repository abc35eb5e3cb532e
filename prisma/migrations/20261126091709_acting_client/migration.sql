-- AlterTable
ALTER TABLE "MatchSession" ADD COLUMN     "player1Client" TEXT,
ADD COLUMN     "player2Client" TEXT;
