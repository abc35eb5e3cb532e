-- CreateEnum
CREATE TYPE "TournamentFormat" AS ENUM ('single', 'double', 'arena');

-- CreateEnum
CREATE TYPE "TournamentStatus" AS ENUM ('scheduled', 'open', 'checkin', 'running', 'ended', 'cancelled');

-- CreateEnum
CREATE TYPE "PairingStatus" AS ENUM ('waiting', 'ready', 'called', 'running', 'ended');

-- CreateEnum
CREATE TYPE "ReservationStatus" AS ENUM ('hold', 'confirmed', 'cancelled', 'expired');

-- CreateEnum
CREATE TYPE "PaymentStatus" AS ENUM ('pending', 'processing', 'completed', 'failed', 'cancelled', 'refunded', 'expired');

-- AlterEnum
ALTER TYPE "Role" ADD VALUE 'organizer';

-- AlterTable
ALTER TABLE "MatchSession" ADD COLUMN     "source" TEXT;

-- CreateTable
CREATE TABLE "Tournament" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "blurb" TEXT NOT NULL DEFAULT '',
    "format" "TournamentFormat" NOT NULL DEFAULT 'single',
    "status" "TournamentStatus" NOT NULL DEFAULT 'scheduled',
    "reason" TEXT,
    "ownerId" TEXT NOT NULL,
    "seats" INTEGER NOT NULL,
    "fee" INTEGER NOT NULL DEFAULT 0,
    "bestOf" INTEGER NOT NULL DEFAULT 1,
    "prizes" INTEGER[],
    "opensAt" TIMESTAMP(3) NOT NULL,
    "closesAt" TIMESTAMP(3) NOT NULL,
    "startsAt" TIMESTAMP(3) NOT NULL,
    "checkInSeconds" INTEGER NOT NULL DEFAULT 300,
    "admissionsPerMinute" INTEGER NOT NULL DEFAULT 600,
    "pausedAt" TIMESTAMP(3),
    "announcement" TEXT NOT NULL DEFAULT '',
    "bracket" JSONB,
    "version" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "Tournament_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Organizer" (
    "tournamentId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,

    CONSTRAINT "Organizer_pkey" PRIMARY KEY ("tournamentId","userId")
);

-- CreateTable
CREATE TABLE "Entrant" (
    "tournamentId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "reservationId" TEXT,
    "characterId" INTEGER NOT NULL DEFAULT 1,
    "seed" INTEGER,
    "checkedInAt" TIMESTAMP(3),
    "outBecause" TEXT,
    "place" INTEGER,
    "enteredAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Entrant_pkey" PRIMARY KEY ("tournamentId","userId")
);

-- CreateTable
CREATE TABLE "Pairing" (
    "id" TEXT NOT NULL,
    "tournamentId" TEXT,
    "roomId" TEXT,
    "number" INTEGER NOT NULL,
    "group" INTEGER NOT NULL DEFAULT 0,
    "round" INTEGER NOT NULL DEFAULT 0,
    "player1Id" TEXT,
    "player2Id" TEXT,
    "status" "PairingStatus" NOT NULL DEFAULT 'waiting',
    "wins1" INTEGER NOT NULL DEFAULT 0,
    "wins2" INTEGER NOT NULL DEFAULT 0,
    "sessionId" TEXT,
    "replayed" BOOLEAN NOT NULL DEFAULT false,
    "winner" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,
    "notBefore" TIMESTAMP(3),
    "deadlineAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "Pairing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Room" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hostId" TEXT NOT NULL,
    "championId" TEXT,
    "streak" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMP(3),

    CONSTRAINT "Room_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "QueueHead" (
    "eventId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "QueueHead_pkey" PRIMARY KEY ("eventId")
);

-- CreateTable
CREATE TABLE "QueueEvent" (
    "eventId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "userId" TEXT,

    CONSTRAINT "QueueEvent_pkey" PRIMARY KEY ("eventId","seq")
);

-- CreateTable
CREATE TABLE "Reservation" (
    "id" TEXT NOT NULL,
    "eventId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "status" "ReservationStatus" NOT NULL DEFAULT 'hold',
    "seat" INTEGER NOT NULL,
    "fee" INTEGER NOT NULL,
    "tokenId" TEXT,
    "requestKey" TEXT,
    "holdExpiresAt" TIMESTAMP(3) NOT NULL,
    "extended" BOOLEAN NOT NULL DEFAULT false,
    "pausedAt" TIMESTAMP(3),
    "pauseUsed" BOOLEAN NOT NULL DEFAULT false,
    "paymentIntentId" TEXT,
    "orderId" TEXT,
    "reason" TEXT,
    "refundDue" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "confirmedAt" TIMESTAMP(3),
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "Reservation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LedgerAccount" (
    "id" TEXT NOT NULL,
    "balance" BIGINT NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LedgerAccount_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LedgerTransfer" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT,
    "actorId" TEXT,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LedgerTransfer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LedgerEntry" (
    "id" BIGSERIAL NOT NULL,
    "transferId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "balanceAfter" BIGINT NOT NULL,

    CONSTRAINT "LedgerEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PaymentIntent" (
    "id" TEXT NOT NULL,
    "reservationId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'COIN',
    "status" "PaymentStatus" NOT NULL DEFAULT 'pending',
    "method" INTEGER NOT NULL DEFAULT 0,
    "scenario" INTEGER NOT NULL DEFAULT 0,
    "webhookUrl" TEXT,
    "clientSecret" TEXT,
    "processor" TEXT NOT NULL DEFAULT 'coins',
    "externalId" TEXT,
    "failureReason" TEXT,
    "transactionId" TEXT,
    "refundedAmount" BIGINT NOT NULL DEFAULT 0,
    "refundId" TEXT,
    "metadata" JSONB,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "processedAt" TIMESTAMP(3),

    CONSTRAINT "PaymentIntent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookDelivery" (
    "id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAt" TIMESTAMP(3) NOT NULL,
    "deliveredAt" TIMESTAMP(3),
    "gaveUpAt" TIMESTAMP(3),
    "lastError" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WebhookDelivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookReceipt" (
    "id" TEXT NOT NULL,
    "receivedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WebhookReceipt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IdempotencyRecord" (
    "id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "answer" JSONB,
    "lockedUntil" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "IdempotencyRecord_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actorId" TEXT,
    "action" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "reason" TEXT,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Flag" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "updatedBy" TEXT,

    CONSTRAINT "Flag_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Rating" (
    "playerId" TEXT NOT NULL,
    "rating" DOUBLE PRECISION NOT NULL DEFAULT 1500,
    "deviation" DOUBLE PRECISION NOT NULL DEFAULT 350,
    "volatility" DOUBLE PRECISION NOT NULL DEFAULT 0.06,
    "fights" INTEGER NOT NULL DEFAULT 0,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Rating_pkey" PRIMARY KEY ("playerId")
);

-- CreateIndex
CREATE INDEX "Tournament_status_startsAt_idx" ON "Tournament"("status", "startsAt");

-- CreateIndex
CREATE INDEX "Tournament_createdAt_idx" ON "Tournament"("createdAt");

-- CreateIndex
CREATE INDEX "Organizer_userId_idx" ON "Organizer"("userId");

-- CreateIndex
CREATE INDEX "Entrant_userId_idx" ON "Entrant"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Pairing_sessionId_key" ON "Pairing"("sessionId");

-- CreateIndex
CREATE INDEX "Pairing_status_idx" ON "Pairing"("status");

-- CreateIndex
CREATE INDEX "Pairing_player1Id_idx" ON "Pairing"("player1Id");

-- CreateIndex
CREATE INDEX "Pairing_player2Id_idx" ON "Pairing"("player2Id");

-- CreateIndex
CREATE UNIQUE INDEX "Pairing_tournamentId_number_key" ON "Pairing"("tournamentId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Pairing_roomId_number_key" ON "Pairing"("roomId", "number");

-- CreateIndex
CREATE INDEX "Room_closedAt_createdAt_idx" ON "Room"("closedAt", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Reservation_tokenId_key" ON "Reservation"("tokenId");

-- CreateIndex
CREATE UNIQUE INDEX "Reservation_orderId_key" ON "Reservation"("orderId");

-- CreateIndex
CREATE INDEX "Reservation_eventId_status_idx" ON "Reservation"("eventId", "status");

-- CreateIndex
CREATE INDEX "Reservation_userId_createdAt_idx" ON "Reservation"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "Reservation_status_holdExpiresAt_idx" ON "Reservation"("status", "holdExpiresAt");

-- CreateIndex
CREATE INDEX "Reservation_refundDue_idx" ON "Reservation"("refundDue");

-- CreateIndex
CREATE UNIQUE INDEX "LedgerTransfer_key_key" ON "LedgerTransfer"("key");

-- CreateIndex
CREATE INDEX "LedgerTransfer_at_idx" ON "LedgerTransfer"("at");

-- CreateIndex
CREATE INDEX "LedgerEntry_transferId_idx" ON "LedgerEntry"("transferId");

-- CreateIndex
CREATE INDEX "LedgerEntry_accountId_id_idx" ON "LedgerEntry"("accountId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "PaymentIntent_externalId_key" ON "PaymentIntent"("externalId");

-- CreateIndex
CREATE INDEX "PaymentIntent_userId_createdAt_idx" ON "PaymentIntent"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "PaymentIntent_reservationId_idx" ON "PaymentIntent"("reservationId");

-- CreateIndex
CREATE INDEX "PaymentIntent_status_expiresAt_idx" ON "PaymentIntent"("status", "expiresAt");

-- CreateIndex
CREATE INDEX "WebhookDelivery_deliveredAt_gaveUpAt_nextAt_idx" ON "WebhookDelivery"("deliveredAt", "gaveUpAt", "nextAt");

-- CreateIndex
CREATE INDEX "WebhookReceipt_receivedAt_idx" ON "WebhookReceipt"("receivedAt");

-- CreateIndex
CREATE INDEX "IdempotencyRecord_expiresAt_idx" ON "IdempotencyRecord"("expiresAt");

-- CreateIndex
CREATE INDEX "AuditEvent_at_idx" ON "AuditEvent"("at");

-- CreateIndex
CREATE INDEX "AuditEvent_target_at_idx" ON "AuditEvent"("target", "at");

-- AddForeignKey
ALTER TABLE "Tournament" ADD CONSTRAINT "Tournament_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Organizer" ADD CONSTRAINT "Organizer_tournamentId_fkey" FOREIGN KEY ("tournamentId") REFERENCES "Tournament"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Organizer" ADD CONSTRAINT "Organizer_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Entrant" ADD CONSTRAINT "Entrant_tournamentId_fkey" FOREIGN KEY ("tournamentId") REFERENCES "Tournament"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Entrant" ADD CONSTRAINT "Entrant_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Pairing" ADD CONSTRAINT "Pairing_tournamentId_fkey" FOREIGN KEY ("tournamentId") REFERENCES "Tournament"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Pairing" ADD CONSTRAINT "Pairing_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reservation" ADD CONSTRAINT "Reservation_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Tournament"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reservation" ADD CONSTRAINT "Reservation_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LedgerEntry" ADD CONSTRAINT "LedgerEntry_transferId_fkey" FOREIGN KEY ("transferId") REFERENCES "LedgerTransfer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LedgerEntry" ADD CONSTRAINT "LedgerEntry_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "LedgerAccount"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Rating" ADD CONSTRAINT "Rating_playerId_fkey" FOREIGN KEY ("playerId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What the schema language can't say. Whatever the code does, the database keeps these.

-- A seat that is held or confirmed belongs to one, and one has one seat an event.
CREATE UNIQUE INDEX "Reservation_seat_taken" ON "Reservation"("eventId", "seat") WHERE "status" IN ('hold', 'confirmed');
CREATE UNIQUE INDEX "Reservation_one_a_person" ON "Reservation"("eventId", "userId") WHERE "status" IN ('hold', 'confirmed');
ALTER TABLE "Reservation" ADD CONSTRAINT "Reservation_fee_not_negative" CHECK ("fee" >= 0);
ALTER TABLE "Tournament" ADD CONSTRAINT "Tournament_numbers" CHECK ("fee" >= 0 AND "seats" >= 2 AND "bestOf" IN (1, 3));

-- Nobody owes the arcade coins; the house may, as it is where coins come from.
ALTER TABLE "LedgerAccount" ADD CONSTRAINT "LedgerAccount_not_below_zero" CHECK ("balance" >= 0 OR "id" LIKE 'house:%');
ALTER TABLE "LedgerEntry" ADD CONSTRAINT "LedgerEntry_moves_something" CHECK ("amount" <> 0);
ALTER TABLE "PaymentIntent" ADD CONSTRAINT "PaymentIntent_amounts" CHECK ("amount" > 0 AND "refundedAmount" >= 0 AND "refundedAmount" <= "amount");

-- The entries of a transfer add up to zero when its transaction commits.
CREATE FUNCTION ledger_transfer_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum("amount") FROM "LedgerEntry" WHERE "transferId" = NEW."transferId") <> 0 THEN
    RAISE EXCEPTION 'ledger transfer % does not balance', NEW."transferId" USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "LedgerEntry_balances" AFTER INSERT ON "LedgerEntry"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_transfer_balances();

-- Books and audit are only ever added to.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows are only ever added', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER "LedgerEntry_append_only" BEFORE UPDATE OR DELETE ON "LedgerEntry"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "LedgerTransfer_append_only" BEFORE UPDATE OR DELETE ON "LedgerTransfer"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "AuditEvent_append_only" BEFORE UPDATE OR DELETE ON "AuditEvent"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "QueueEvent_append_only" BEFORE UPDATE ON "QueueEvent"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What a queue's draw is made with, beside the end of its log.
ALTER TABLE "QueueHead" ADD COLUMN "seed" TEXT;

-- Arenas, and rooms where the winner stays.

-- AlterTable
ALTER TABLE "Tournament" ADD COLUMN     "durationSeconds" INTEGER NOT NULL DEFAULT 3600;

-- AlterTable
ALTER TABLE "Entrant" ADD COLUMN     "fights" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "points" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "prize" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "readyAt" TIMESTAMP(3),
ADD COLUMN     "streak" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Pairing" ADD COLUMN     "row" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "Room" ADD COLUMN     "activeAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "RoomFighter" (
    "roomId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "characterId" INTEGER NOT NULL,
    "stays" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "RoomFighter_pkey" PRIMARY KEY ("roomId","userId")
);

-- CreateIndex
CREATE INDEX "RoomFighter_userId_idx" ON "RoomFighter"("userId");

-- CreateIndex
CREATE INDEX "Room_hostId_idx" ON "Room"("hostId");

-- AddForeignKey
ALTER TABLE "Room" ADD CONSTRAINT "Room_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoomFighter" ADD CONSTRAINT "RoomFighter_roomId_fkey" FOREIGN KEY ("roomId") REFERENCES "Room"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoomFighter" ADD CONSTRAINT "RoomFighter_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Seats and payments.

-- AlterTable
ALTER TABLE "PaymentIntent" ADD COLUMN     "dueAt" TIMESTAMP(3);

-- CreateIndex
CREATE INDEX "PaymentIntent_status_dueAt_idx" ON "PaymentIntent"("status", "dueAt");

-- CreateIndex
CREATE INDEX "PaymentIntent_updatedAt_idx" ON "PaymentIntent"("updatedAt");

-- CreateIndex
CREATE INDEX "Reservation_updatedAt_idx" ON "Reservation"("updatedAt");

-- Whoever ends a seat that costs something: what was paid for it is looked for and given back.
CREATE FUNCTION reservation_owes_refund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."refundDue" := true;
  RETURN NEW;
END $$;
CREATE TRIGGER "Reservation_owes_refund" BEFORE UPDATE ON "Reservation" FOR EACH ROW
  WHEN (OLD."status" IN ('hold', 'confirmed') AND NEW."status" IN ('cancelled', 'expired') AND NEW."fee" > 0)
  EXECUTE FUNCTION reservation_owes_refund();

-- Who logged in gets the coins of the day.

-- CreateIndex
CREATE INDEX "User_lastLoginAt_idx" ON "User"("lastLoginAt");
