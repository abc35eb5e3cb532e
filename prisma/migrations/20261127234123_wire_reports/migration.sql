-- CreateTable
CREATE TABLE "WireReport" (
    "sessionId" TEXT NOT NULL,
    "side" INTEGER NOT NULL,
    "isLast" BOOLEAN NOT NULL,
    "parts" INTEGER NOT NULL DEFAULT 1,
    "story" JSONB NOT NULL,
    "pingMs" INTEGER NOT NULL,
    "lossPerMille" INTEGER NOT NULL,
    "deepestFrames" INTEGER NOT NULL,
    "waitedMs" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WireReport_pkey" PRIMARY KEY ("sessionId","side")
);

-- CreateIndex
CREATE INDEX "WireReport_createdAt_idx" ON "WireReport"("createdAt");

-- AddForeignKey
ALTER TABLE "WireReport" ADD CONSTRAINT "WireReport_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "MatchSession"("id") ON DELETE CASCADE ON UPDATE CASCADE;
