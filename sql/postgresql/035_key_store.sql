-- // key store
-- Whether what is asked with a key through the APIs of Ollama and OpenAI is kept as a conversation where the request says nothing.
ALTER TABLE api_keys ADD COLUMN store BOOLEAN NOT NULL DEFAULT FALSE;

-- //@UNDO
ALTER TABLE api_keys DROP COLUMN store;
