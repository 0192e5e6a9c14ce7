-- Deletes deliveries that ended before an instant, some thousands at a time, with their attempts; how many. Nothing of the last thirty days
-- goes, whatever the caller asks for.
CREATE FUNCTION webhooks_forget(before timestamptz, most int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    old uuid[];
BEGIN
    -- Locked, and looked at once more then: somebody may send one again at this moment.
    SELECT array_agg(x.id) INTO old FROM (
        SELECT d.id FROM webhooks_delivery d
         WHERE d.ended_at < least(before, now() - interval '30 days') ORDER BY d.ended_at LIMIT most FOR UPDATE SKIP LOCKED
    ) x;
    DELETE FROM webhooks_attempt t WHERE t.delivery_id = ANY (old);
    DELETE FROM webhooks_delivery d WHERE d.id = ANY (old);
    RETURN coalesce(cardinality(old), 0);
END $$;
