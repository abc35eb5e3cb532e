-- AlterTable
ALTER TABLE "User" ADD COLUMN     "banReason" TEXT,
ADD COLUMN     "bannedAt" TIMESTAMP(3),
ADD COLUMN     "lastSeenAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "nameChosen" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "skeleton" TEXT;

-- CreateTable
CREATE TABLE "EndedLogin" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "EndedLogin_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "EndedLogin_userId_idx" ON "EndedLogin"("userId");

-- CreateIndex
CREATE INDEX "EndedLogin_expiresAt_idx" ON "EndedLogin"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "User_skeleton_key" ON "User"("skeleton");

-- CreateIndex
CREATE INDEX "User_isGuest_lastSeenAt_idx" ON "User"("isGuest", "lastSeenAt");

-- AddForeignKey
ALTER TABLE "EndedLogin" ADD CONSTRAINT "EndedLogin_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
