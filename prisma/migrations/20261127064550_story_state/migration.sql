-- CreateEnum
CREATE TYPE "StoryStatus" AS ENUM ('active', 'paused', 'ended');

-- CreateEnum
CREATE TYPE "StoryPhaseName" AS ENUM ('exploration', 'dialogue', 'combat', 'rest');

-- CreateEnum
CREATE TYPE "StoryEntityKind" AS ENUM ('npc', 'enemy');

-- CreateTable
CREATE TABLE "Scenario" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT,
    "version" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Scenario_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ScenarioVersion" (
    "id" UUID NOT NULL,
    "scenarioId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ScenarioVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StorySession" (
    "id" UUID NOT NULL,
    "scenarioId" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "playerId" UUID NOT NULL,
    "userId" TEXT,
    "userIdIsNumber" BOOLEAN NOT NULL DEFAULT false,
    "status" "StoryStatus" NOT NULL DEFAULT 'active',
    "act" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL,
    "actId" TEXT NOT NULL,
    "sequenceId" TEXT NOT NULL,
    "phase" "StoryPhaseName" NOT NULL DEFAULT 'dialogue',
    "turn" INTEGER NOT NULL DEFAULT 0,
    "location" TEXT NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "StorySession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StoryPlayer" (
    "id" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "name" TEXT NOT NULL DEFAULT 'Player',
    "hp" INTEGER NOT NULL DEFAULT 100,
    "maxHp" INTEGER NOT NULL DEFAULT 100,
    "mp" INTEGER NOT NULL DEFAULT 50,
    "san" INTEGER NOT NULL DEFAULT 10,
    "stats" JSONB NOT NULL DEFAULT '{}',
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "StoryPlayer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StoryEntity" (
    "id" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "kind" "StoryEntityKind" NOT NULL,
    "scenarioEntityId" TEXT NOT NULL,
    "ruleId" INTEGER NOT NULL DEFAULT 0,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "hp" INTEGER NOT NULL,
    "maxHp" INTEGER NOT NULL,
    "state" JSONB NOT NULL,
    "droppedItems" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "sequenceIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "locations" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "departedAt" TIMESTAMP(3),
    "ordinal" BIGSERIAL NOT NULL,

    CONSTRAINT "StoryEntity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StoryItem" (
    "id" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "scenarioItemId" TEXT NOT NULL,
    "ruleId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "itemType" TEXT NOT NULL,
    "meta" JSONB NOT NULL,
    "quantity" INTEGER NOT NULL DEFAULT 0,
    "acquiredAt" TIMESTAMP(3),
    "activatedTurn" INTEGER,
    "deactivatedTurn" INTEGER,
    "ordinal" BIGSERIAL NOT NULL,

    CONSTRAINT "StoryItem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StoryRelation" (
    "sessionId" UUID NOT NULL,
    "fromId" UUID NOT NULL,
    "toId" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "affinity" INTEGER NOT NULL,
    "quantity" INTEGER,
    "meta" JSONB NOT NULL DEFAULT '{}',
    "interactions" INTEGER NOT NULL DEFAULT 0,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "activatedTurn" INTEGER NOT NULL DEFAULT 0,
    "deactivatedTurn" INTEGER,
    "ordinal" BIGSERIAL NOT NULL,

    CONSTRAINT "StoryRelation_pkey" PRIMARY KEY ("sessionId","fromId","toId","type")
);

-- CreateTable
CREATE TABLE "StoryTurn" (
    "id" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "phase" "StoryPhaseName" NOT NULL,
    "type" TEXT NOT NULL,
    "stateChanges" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "StoryTurn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StoryPhase" (
    "id" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "previous" "StoryPhaseName",
    "phase" "StoryPhaseName" NOT NULL,
    "turn" INTEGER NOT NULL,
    "reason" TEXT,
    "at" TIMESTAMP(3) NOT NULL,
    "ordinal" BIGSERIAL NOT NULL,

    CONSTRAINT "StoryPhase_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StoryCommit" (
    "sessionId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "answer" JSONB NOT NULL,

    CONSTRAINT "StoryCommit_pkey" PRIMARY KEY ("sessionId","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "Scenario_title_key" ON "Scenario"("title");

-- CreateIndex
CREATE INDEX "Scenario_createdAt_id_idx" ON "Scenario"("createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "ScenarioVersion_scenarioId_version_key" ON "ScenarioVersion"("scenarioId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "StorySession_playerId_key" ON "StorySession"("playerId");

-- CreateIndex
CREATE INDEX "StorySession_createdAt_id_idx" ON "StorySession"("createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "StorySession_status_createdAt_id_idx" ON "StorySession"("status", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "StorySession_userId_createdAt_id_idx" ON "StorySession"("userId", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "StorySession_versionId_idx" ON "StorySession"("versionId");

-- CreateIndex
CREATE INDEX "StorySession_scenarioId_idx" ON "StorySession"("scenarioId");

-- CreateIndex
CREATE INDEX "StorySession_status_endedAt_idx" ON "StorySession"("status", "endedAt");

-- CreateIndex
CREATE UNIQUE INDEX "StoryPlayer_sessionId_key" ON "StoryPlayer"("sessionId");

-- CreateIndex
CREATE INDEX "StoryEntity_sessionId_ordinal_idx" ON "StoryEntity"("sessionId", "ordinal");

-- CreateIndex
CREATE INDEX "StoryItem_sessionId_ordinal_idx" ON "StoryItem"("sessionId", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "StoryTurn_sessionId_number_key" ON "StoryTurn"("sessionId", "number");

-- CreateIndex
CREATE INDEX "StoryPhase_sessionId_ordinal_idx" ON "StoryPhase"("sessionId", "ordinal");

-- AddForeignKey
ALTER TABLE "ScenarioVersion" ADD CONSTRAINT "ScenarioVersion_scenarioId_fkey" FOREIGN KEY ("scenarioId") REFERENCES "Scenario"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StorySession" ADD CONSTRAINT "StorySession_scenarioId_fkey" FOREIGN KEY ("scenarioId") REFERENCES "Scenario"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StorySession" ADD CONSTRAINT "StorySession_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "ScenarioVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StoryPlayer" ADD CONSTRAINT "StoryPlayer_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "StorySession"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StoryEntity" ADD CONSTRAINT "StoryEntity_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "StorySession"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StoryItem" ADD CONSTRAINT "StoryItem_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "StorySession"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StoryRelation" ADD CONSTRAINT "StoryRelation_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "StorySession"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StoryTurn" ADD CONSTRAINT "StoryTurn_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "StorySession"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StoryPhase" ADD CONSTRAINT "StoryPhase_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "StorySession"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StoryCommit" ADD CONSTRAINT "StoryCommit_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "StorySession"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Numbers that no code may take out of their bounds.
ALTER TABLE "StoryPlayer" ADD CONSTRAINT "StoryPlayer_bounds" CHECK ("hp" BETWEEN 0 AND "maxHp" AND "mp" >= 0 AND "san" >= 0);
ALTER TABLE "StoryEntity" ADD CONSTRAINT "StoryEntity_bounds" CHECK ("hp" BETWEEN 0 AND "maxHp");
ALTER TABLE "StoryItem" ADD CONSTRAINT "StoryItem_bounds" CHECK ("quantity" >= 0);
ALTER TABLE "StorySession" ADD CONSTRAINT "StorySession_bounds" CHECK ("turn" >= 0 AND "act" >= 1 AND "sequence" >= 1 AND ("status" = 'ended') = ("endedAt" IS NOT NULL));
