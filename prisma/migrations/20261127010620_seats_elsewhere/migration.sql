-- AlterTable
ALTER TABLE "Reservation" ADD COLUMN     "isElsewhere" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "releaseDue" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "Reservation_releaseDue_idx" ON "Reservation"("releaseDue");
