-- CreateTable
CREATE TABLE "GuestClaim" (
    "userId" TEXT NOT NULL,
    "eventId" TEXT NOT NULL,
    "proofs" TEXT[],
    "claimedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "GuestClaim_pkey" PRIMARY KEY ("userId","eventId")
);

-- AddForeignKey
ALTER TABLE "GuestClaim" ADD CONSTRAINT "GuestClaim_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
