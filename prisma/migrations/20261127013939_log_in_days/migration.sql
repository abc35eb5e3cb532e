-- DropIndex
DROP INDEX "User_lastLoginAt_idx";

-- CreateTable
CREATE TABLE "LogInDay" (
    "userId" TEXT NOT NULL,
    "day" TEXT NOT NULL,

    CONSTRAINT "LogInDay_pkey" PRIMARY KEY ("userId","day")
);

-- AddForeignKey
ALTER TABLE "LogInDay" ADD CONSTRAINT "LogInDay_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whoever writes a log-in down: its day stays on record until the coins for it are given, however soon the next one follows.
CREATE FUNCTION user_logged_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "LogInDay" ("userId", "day") VALUES (NEW."id", to_char(NEW."lastLoginAt", 'YYYY-MM-DD'))
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER "User_logged_in" AFTER INSERT OR UPDATE OF "lastLoginAt", "isGuest" ON "User" FOR EACH ROW
  WHEN (NEW."lastLoginAt" IS NOT NULL AND NOT NEW."isGuest")
  EXECUTE FUNCTION user_logged_in();

-- Those of the last day, as they were looked for so far.
INSERT INTO "LogInDay" ("userId", "day") SELECT "id", to_char("lastLoginAt", 'YYYY-MM-DD') FROM "User"
  WHERE NOT "isGuest" AND "lastLoginAt" > (now() AT TIME ZONE 'UTC') - interval '1 day';
