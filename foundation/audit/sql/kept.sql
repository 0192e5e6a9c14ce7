-- The second detail of an event: how something read before, kept for one audience of those who see the root. Readers who came later
-- learn that it changed and not what had stood there. Only whoever wrote the event adds to it, since the transaction began.
CREATE FUNCTION audit_keep(an_event uuid, an_audience int, some_changes jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    the_event audit_event%ROWTYPE;
BEGIN
    SELECT * INTO the_event FROM audit_event e
     WHERE e.id = an_event AND e.membership = access_membership() AND e.at >= now();
    IF NOT FOUND OR NOT access_reaches(the_event.root, 1) OR NOT an_audience = ANY (access_principals()) THEN
        RAISE EXCEPTION 'nothing of this transaction to add to' USING ERRCODE = 'WB403';
    END IF;
    INSERT INTO audit_detail (id, event, at, verb, membership_id, root_id, audience_id, purpose, changes)
    VALUES (gen_random_uuid(), an_event, the_event.at, the_event.verb || '.before', access_membership(), the_event.root, an_audience,
            '', some_changes);
END $$;
