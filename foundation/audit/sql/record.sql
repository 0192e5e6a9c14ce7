-- Writes one event and, for a change, its detail and its row in the feed of changes. The membership comes from the context, never from the caller; only a refusal that
-- is recorded after its transaction may name the membership that was refused, and then it carries no detail.
CREATE FUNCTION audit_record(
    a_verb text, a_root uuid, some_roots uuid[], a_request text, an_outcome text, a_behalf uuid, a_refused uuid,
    with_detail boolean, an_audience int, a_purpose text, some_changes jsonb
) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    new_event uuid := gen_random_uuid();
    who uuid := coalesce(access_membership(), CASE WHEN an_outcome <> 'done' THEN a_refused END);
BEGIN
    INSERT INTO audit_event (id, at, membership, on_behalf_of, verb, root, roots, request_id, outcome)
    VALUES (new_event, clock_timestamp(), who, a_behalf, a_verb, a_root, some_roots, a_request, an_outcome);
    IF with_detail THEN
        IF NOT access_reaches(a_root, 1) OR (an_audience IS NOT NULL AND NOT an_audience = ANY (access_principals())) THEN
            RAISE EXCEPTION 'no detail on what one does not see' USING ERRCODE = 'WB403';
        END IF;
        INSERT INTO audit_detail (id, event, at, verb, membership_id, root_id, audience_id, purpose, changes)
        VALUES (gen_random_uuid(), new_event, clock_timestamp(), a_verb, access_membership(), a_root, an_audience, a_purpose, some_changes);
        PERFORM access_changed(a_root, an_audience, NULL, NULL);
    END IF;
    RETURN new_event;
END $$;

-- Events as opaque keys, for technical administrators and programme managers, whose reading is itself recorded by the page.
CREATE FUNCTION audit_events(a_limit int, before timestamptz) RETURNS SETOF audit_event LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM tenancy_membership m WHERE m.id = access_membership() AND m.role = 'technical_administrator'
    ) THEN
        RAISE EXCEPTION 'only technical administrators read events' USING ERRCODE = 'WB403';
    END IF;
    RETURN QUERY SELECT * FROM audit_event e WHERE before IS NULL OR e.at < before ORDER BY e.at DESC LIMIT least(a_limit, 500);
END $$;
