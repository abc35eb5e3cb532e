-- CreateTable
CREATE TABLE "ArcadeRun" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "ladder" TEXT NOT NULL,
    "character" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "flags" TEXT[],
    "losses" INTEGER NOT NULL DEFAULT 0,
    "lastResult" TEXT,
    "lastHealthLeft" INTEGER,
    "awaitsContinue" BOOLEAN NOT NULL DEFAULT false,
    "continuesLeft" INTEGER NOT NULL,
    "continuesUsed" INTEGER NOT NULL DEFAULT 0,
    "score" INTEGER NOT NULL DEFAULT 0,
    "said" TEXT[],
    "walked" TEXT[],
    "history" JSONB NOT NULL DEFAULT '[]',
    "lines" JSONB NOT NULL DEFAULT '[]',
    "endingId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "ArcadeRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ArcadeFight" (
    "id" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "sequenceId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "terms" JSONB NOT NULL,
    "lines" JSONB NOT NULL,
    "handouts" INTEGER NOT NULL DEFAULT 1,
    "handedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMP(3),
    "winner" INTEGER,
    "frames" INTEGER,
    "checksum" BIGINT,
    "healthLeft" INTEGER,
    "points" INTEGER,
    "drops" TEXT[],
    "ruledBy" TEXT,
    "differs" BOOLEAN NOT NULL DEFAULT false,
    "inputs" BYTEA,

    CONSTRAINT "ArcadeFight_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ArcadeRun_userId_ladder_endedAt_idx" ON "ArcadeRun"("userId", "ladder", "endedAt");

-- CreateIndex
CREATE INDEX "ArcadeRun_ladder_score_idx" ON "ArcadeRun"("ladder", "score" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "ArcadeFight_runId_number_key" ON "ArcadeFight"("runId", "number");

-- AddForeignKey
ALTER TABLE "ArcadeRun" ADD CONSTRAINT "ArcadeRun_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ArcadeFight" ADD CONSTRAINT "ArcadeFight_runId_fkey" FOREIGN KEY ("runId") REFERENCES "ArcadeRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;
