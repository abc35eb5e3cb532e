-- Whose log-ins have changed is told at once to every process that listens (server/auth/login-news.ts): a player's id.
CREATE FUNCTION arcade_user_news() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('arcade_logins', OLD.id);
  RETURN NULL;
END $$;

CREATE FUNCTION arcade_logout_news() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('arcade_logins', NEW."userId");
  RETURN NULL;
END $$;

CREATE TRIGGER "User_changed_news" AFTER UPDATE OF "sessionEpoch", "bannedAt", "role" ON "User"
  FOR EACH ROW
  WHEN (OLD."sessionEpoch" IS DISTINCT FROM NEW."sessionEpoch" OR OLD."bannedAt" IS DISTINCT FROM NEW."bannedAt" OR OLD."role" IS DISTINCT FROM NEW."role")
  EXECUTE FUNCTION arcade_user_news();

CREATE TRIGGER "User_deleted_news" AFTER DELETE ON "User" FOR EACH ROW EXECUTE FUNCTION arcade_user_news();

CREATE TRIGGER "EndedLogin_news" AFTER INSERT ON "EndedLogin" FOR EACH ROW EXECUTE FUNCTION arcade_logout_news();
