-- // compressed texts
-- PostgreSQL compresses texts of more than 2 KiB by itself; from now on with lz4, which reads and writes them several times as
-- fast as its own older way, where it was built with that. What is there already stays as it is compressed.
-- @DELIMITER |
DO $$
BEGIN
    ALTER TABLE messages ALTER COLUMN content SET COMPRESSION lz4, ALTER COLUMN thinking SET COMPRESSION lz4;
    ALTER TABLE search_texts ALTER COLUMN text SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    NULL; -- it goes on in its older way
END $$
|
-- @DELIMITER ;

-- //@UNDO
ALTER TABLE messages ALTER COLUMN content SET COMPRESSION default, ALTER COLUMN thinking SET COMPRESSION default;
ALTER TABLE search_texts ALTER COLUMN text SET COMPRESSION default;
