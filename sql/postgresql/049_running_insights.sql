-- // running insights
-- Those that are being written are few among those that wait: what is asked of them does not go through all.
CREATE INDEX idx_insights_running ON insights (server_id) WHERE status = 'pending' AND started_at IS NOT NULL;

-- //@UNDO
DROP INDEX idx_insights_running;
