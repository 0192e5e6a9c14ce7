-- The record for its readers: opaque keys, newest first, narrowed. Who may: technical administrators and auditors.
CREATE FUNCTION audit_demand_reader() RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM tenancy_membership m
         WHERE m.id = access_membership() AND m.role IN ('technical_administrator', 'auditor')
    ) THEN
        RAISE EXCEPTION 'only technical administrators and auditors read events' USING ERRCODE = 'WB403';
    END IF;
END $$;

-- One page of the record. The narrowest filter chooses the index; along it at most 5 000 events are looked through for the others, or one page
-- for each of its values (the memberships of a partner, the verbs of a family). Where that ends before the record does, the last row has
-- no id: its instant and root say where to go on. What stands before it has been looked through in whole.
CREATE FUNCTION audit_log(
    since timestamptz, until timestamptz, some_verbs text[], some_memberships uuid[], an_outcome text, a_root uuid, in_lists boolean,
    a_request text, after_at timestamptz, after_id uuid, a_limit int
) RETURNS SETOF audit_event LANGUAGE plpgsql STABLE ROWS 51 AS $$
DECLARE
    most int := least(a_limit, 500) + 1;
    walk int := 5000;
    along text := 'true';
    arms text[] := ARRAY[''];
    narrowed int := num_nonnulls(some_verbs, some_memberships, an_outcome, a_root, a_request);
BEGIN
    PERFORM audit_demand_reader();
    IF a_request IS NOT NULL THEN
        along := 'x.request_id = a.arm AND x.request_id <> ''''';
        arms := ARRAY[a_request];
    ELSIF a_root IS NOT NULL AND NOT in_lists THEN
        along := 'x.root = a.arm::uuid';
        arms := ARRAY[a_root::text];
    ELSIF some_memberships IS NOT NULL THEN
        along := 'x.membership = a.arm::uuid';
        arms := some_memberships::text[];
    ELSIF an_outcome <> 'done' THEN
        along := 'x.outcome = a.arm AND x.outcome <> ''done''';
        arms := ARRAY[an_outcome];
    ELSIF some_verbs IS NOT NULL THEN
        along := 'x.verb = a.arm';
        arms := some_verbs;
    END IF;
    IF narrowed > 1 OR (narrowed = 1 AND along = 'true') THEN
        most := greatest(most, walk / greatest(cardinality(arms), 1));
    END IF;
    RETURN QUERY EXECUTE format($walk$
        WITH walked AS MATERIALIZED (
            SELECT e.* FROM unnest($1) a (arm) CROSS JOIN LATERAL (
                SELECT x.*, row_number() OVER (ORDER BY x.at DESC, x.id DESC) AS place FROM audit_event x
                 WHERE %s AND (x.at, x.id) < ($2, $3) AND x.at >= $4
                 ORDER BY x.at DESC, x.id DESC LIMIT $5
            ) e
        ), horizon AS (
            SELECT w.at, w.id FROM walked w WHERE w.place = $5 ORDER BY w.at DESC, w.id DESC LIMIT 1
        ), shown AS (
            SELECT w.* FROM walked w LEFT JOIN horizon h ON true
             WHERE (h.id IS NULL OR (w.at, w.id) >= (h.at, h.id))
               AND ($6 IS NULL OR w.verb = ANY ($6)) AND ($7 IS NULL OR w.membership = ANY ($7))
               AND ($8 IS NULL OR w.outcome = $8) AND ($9 IS NULL OR w.root = $9 OR ($10 AND $9 = ANY (w.roots)))
               AND ($11 IS NULL OR w.request_id = $11)
             ORDER BY w.at DESC, w.id DESC LIMIT $12
        )
        SELECT s.id, s.at, s.membership, s.on_behalf_of, s.verb, s.root, s.roots, s.request_id, s.outcome FROM shown s
        UNION ALL
        SELECT NULL::uuid, h.at, NULL::uuid, NULL::uuid, ''::varchar(80), h.id, '{}'::uuid[], ''::varchar(40), ''::varchar(12) FROM horizon h
    $walk$, along)
    USING arms, coalesce(after_at, until, 'infinity'), coalesce(after_id, '00000000-0000-0000-0000-000000000000'),
          coalesce(since, '-infinity'), most, some_verbs, some_memberships, an_outcome, a_root, in_lists, a_request,
          least(a_limit, 500) + 1;
END $$;

-- Every verb on record, each once: one step down the index for each.
CREATE FUNCTION audit_verbs() RETURNS SETOF text LANGUAGE plpgsql STABLE ROWS 200 AS $$
BEGIN
    PERFORM audit_demand_reader();
    RETURN QUERY
    WITH RECURSIVE found AS (
        (SELECT e.verb FROM audit_event e ORDER BY e.verb LIMIT 1)
        UNION ALL
        SELECT (SELECT e.verb FROM audit_event e WHERE e.verb > f.verb ORDER BY e.verb LIMIT 1) FROM found f WHERE f.verb IS NOT NULL
    )
    SELECT f.verb::text FROM found f WHERE f.verb IS NOT NULL;
END $$;
