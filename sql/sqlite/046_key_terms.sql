-- // key terms
-- What a key may be used for and how much, and from where it was used last. A key that is older may do what it could before: everything.
-- tokens_per_day of an account is what all its questions and answers may have together; NULL is no limit.
ALTER TABLE api_keys ADD COLUMN scopes TEXT NOT NULL DEFAULT 'read,chat,write,admin';
ALTER TABLE api_keys ADD COLUMN requests_per_minute INTEGER;
ALTER TABLE api_keys ADD COLUMN tokens_per_day INTEGER;
ALTER TABLE api_keys ADD COLUMN last_used_ip TEXT;
ALTER TABLE users ADD COLUMN tokens_per_day INTEGER;

-- //@UNDO
ALTER TABLE users DROP COLUMN tokens_per_day;
ALTER TABLE api_keys DROP COLUMN last_used_ip;
ALTER TABLE api_keys DROP COLUMN tokens_per_day;
ALTER TABLE api_keys DROP COLUMN requests_per_minute;
ALTER TABLE api_keys DROP COLUMN scopes;
