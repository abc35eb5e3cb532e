-- CreateTable
CREATE TABLE "Ruling" (
    "sessionId" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "winner" INTEGER,
    "reason" TEXT,
    "frames" INTEGER,
    "checksum" BIGINT,
    "agrees" BOOLEAN,
    "difference" JSONB,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "nextAt" TIMESTAMP(3) NOT NULL,
    "ruledAt" TIMESTAMP(3),
    "error" TEXT,

    CONSTRAINT "Ruling_pkey" PRIMARY KEY ("sessionId")
);

-- AddForeignKey
ALTER TABLE "Ruling" ADD CONSTRAINT "Ruling_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "MatchSession"("id") ON DELETE CASCADE ON UPDATE CASCADE;
