-- CreateTable
CREATE TABLE "Relation" (
    "ownerId" TEXT NOT NULL,
    "targetId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Relation_pkey" PRIMARY KEY ("ownerId","targetId","kind")
);

-- CreateIndex
CREATE INDEX "Relation_targetId_kind_idx" ON "Relation"("targetId", "kind");

-- AddForeignKey
ALTER TABLE "Relation" ADD CONSTRAINT "Relation_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Relation" ADD CONSTRAINT "Relation_targetId_fkey" FOREIGN KEY ("targetId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
