-- CreateTable
CREATE TABLE "Conduct" (
    "sessionId" TEXT NOT NULL,
    "playerId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "isWhole" BOOLEAN NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Conduct_pkey" PRIMARY KEY ("sessionId","playerId")
);

-- CreateIndex
CREATE INDEX "Conduct_playerId_at_idx" ON "Conduct"("playerId", "at");

-- AddForeignKey
ALTER TABLE "Conduct" ADD CONSTRAINT "Conduct_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "MatchSession"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Conduct" ADD CONSTRAINT "Conduct_playerId_fkey" FOREIGN KEY ("playerId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A connection that did not come about in time was told by the word for a fight whose clock ran out.
UPDATE "MatchSession" SET "reason" = 'connect_timeout' WHERE "status" = 'failed' AND "reason" = 'timeout';
