-- // model slots
-- Which server is having an answer made at which host of models: so many at once for each host, whoever asks it. What a server
-- that is gone held is deleted.
CREATE TABLE model_slots (
    host      TEXT NOT NULL,
    number    INTEGER NOT NULL,
    server_id BIGINT NOT NULL,
    PRIMARY KEY (host, number)
);

-- //@UNDO
DROP TABLE model_slots;
