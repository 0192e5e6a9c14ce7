-- Every file that a row knows. A new table with the columns of Stored is added here, or its files are neither checked nor kept.
CREATE FUNCTION documents_files() RETURNS TABLE (location uuid, root uuid, size bigint, sha256 text, wrapped_key bytea)
LANGUAGE sql STABLE AS $$
    SELECT v.location, v.root_id, v.size, v.sha256::text, v.wrapped_key FROM documents_documentversion v
$$;

-- Of these locations, those whose files stay: a row knows them, or an upload is on its way there. For the sweep, which deletes others.
CREATE FUNCTION documents_kept(some_locations uuid[]) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    SELECT f.location FROM documents_files() f WHERE f.location = ANY (some_locations)
    UNION
    SELECT u.location FROM documents_upload u WHERE u.location = ANY (some_locations)
$$;

-- Deletes uploads that nobody went on with; how many. None of the last day goes, whatever the caller asks for.
CREATE FUNCTION documents_forget_uploads(before timestamptz) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    gone int;
BEGIN
    DELETE FROM documents_upload WHERE touched_at < least(before, now() - interval '1 day');
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

-- Claims files whose check is the oldest or was never made, or was begun and not ended for an hour: locations, lengths, fingerprints and
-- wrapped keys, nothing of what they are.
CREATE FUNCTION documents_to_check(a_limit int, before timestamptz)
RETURNS TABLE (location uuid, root uuid, size bigint, sha256 text, wrapped_key bytea, root_key bytea, master text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH due AS (
        SELECT f.*, k.wrapped AS root_key, k.master::text AS master
          FROM documents_files() f
          JOIN documents_rootkey k ON k.root_id = f.root
          LEFT JOIN documents_filecheck c ON c.location = f.location
         WHERE c.begun_at IS NULL OR c.begun_at < before
            OR (c.begun_at < now() - interval '1 hour' AND (c.checked_at IS NULL OR c.checked_at < c.begun_at))
         ORDER BY c.begun_at NULLS FIRST, f.location
         LIMIT least(a_limit, 100)
    ), claimed AS (
        INSERT INTO documents_filecheck AS c (location, begun_at, problem)
        SELECT d.location, now(), '' FROM due d
        ON CONFLICT (location) DO UPDATE SET begun_at = now()
         WHERE c.begun_at < before
            OR (c.begun_at < now() - interval '1 hour' AND (c.checked_at IS NULL OR c.checked_at < c.begun_at))
        RETURNING c.location
    )
    SELECT d.location, d.root, d.size, d.sha256, d.wrapped_key, d.root_key, d.master
      FROM due d JOIN claimed c ON c.location = d.location;
END $$;

-- The principals of a membership, now: its own, its authority's, its partner's, and those of the offices that it holds.
CREATE FUNCTION documents_principals(a_membership uuid) RETURNS int[] LANGUAGE sql STABLE AS $$
    SELECT ARRAY[m.group_id, u.group_id, p.group_id] || coalesce((
               SELECT array_agg(o.group_id) FROM tenancy_officeholder h JOIN tenancy_office o ON o.id = h.office_id
                WHERE h.membership_id = m.id AND h.confirmed_at IS NOT NULL AND h.starts_at <= now()
                  AND (h.ends_at IS NULL OR h.ends_at > now())), '{}')
      FROM tenancy_membership m
      JOIN tenancy_authority u ON u.id = m.authority_id
      JOIN tenancy_partner p ON p.id = u.partner_id
     WHERE m.id = a_membership
$$;

-- Writes how the check of a file ended, and puts it on the custody record: each change of the outcome, and once a month that all is well.
-- Answers whom to tell when a file is found broken that was not before: those who manage its root; of a file with an audience those of
-- them who belong to it, and who filed it; of a print its own reader. A reader in whose hands it broke is named; without a context it was
-- the product itself.
CREATE FUNCTION documents_checked(a_location uuid, is_intact boolean, a_problem text)
RETURNS TABLE (root uuid, account uuid, membership uuid) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    the_file record;
    was_intact boolean;
BEGIN
    SELECT f.location, f.root INTO the_file FROM documents_files() f WHERE f.location = a_location;
    IF NOT FOUND OR (access_membership() IS NOT NULL AND (
           NOT access_reaches(the_file.root, 1)
           OR EXISTS (SELECT 1 FROM documents_documentversion v WHERE v.location = a_location
                         AND v.audience_id IS NOT NULL AND NOT v.audience_id = ANY (access_principals()))
           OR EXISTS (SELECT 1 FROM documents_printout p WHERE p.location = a_location
                         AND p.membership_id <> access_membership()))) THEN
        RAISE EXCEPTION 'no such file' USING ERRCODE = 'WB404';
    END IF;
    -- A row of this file first, so that of two first checks at once the second waits here, and sees what the first one found.
    INSERT INTO documents_filecheck AS c (location, begun_at, problem) VALUES (a_location, now(), '')
    ON CONFLICT (location) DO NOTHING;
    PERFORM 1 FROM documents_filecheck c WHERE c.location = a_location FOR UPDATE;
    SELECT c.intact INTO was_intact FROM documents_filecheck c WHERE c.location = a_location;
    UPDATE documents_filecheck c SET checked_at = clock_timestamp(), intact = is_intact, problem = left(a_problem, 80)
     WHERE c.location = a_location;
    INSERT INTO documents_custodyentry (id, root_id, audience_id, document_id, file_id, act, at, by_id, why, fingerprint, intact)
    SELECT gen_random_uuid(), v.root_id, v.audience_id, v.document_id, v.id, 'verified', clock_timestamp(), access_membership(), '',
           v.sha256, is_intact
      FROM documents_documentversion v
     WHERE v.location = a_location
       AND (was_intact IS DISTINCT FROM is_intact
            OR NOT EXISTS (SELECT 1 FROM documents_custodyentry e WHERE e.file_id = v.id AND e.act = 'verified'
                              AND e.at > now() - interval '30 days'));
    IF is_intact OR was_intact IS FALSE THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH manages AS (
        SELECT l.membership_id AS id FROM access_rootgrant g
         CROSS JOIN LATERAL notifications_living(the_file.root, g.group_id, NULL) l
         WHERE g.content_object_id = the_file.root AND g.level = 3 AND (g.until IS NULL OR g.until > now())
    ), told AS (
        SELECT w.id FROM manages w JOIN documents_documentversion v ON v.location = a_location
         WHERE v.audience_id IS NULL OR v.audience_id = ANY (documents_principals(w.id))
        UNION
        SELECT v.received_by_id FROM documents_documentversion v WHERE v.location = a_location AND v.audience_id IS NOT NULL
        UNION
        SELECT p.membership_id FROM documents_printout p WHERE p.location = a_location
    )
    SELECT the_file.root, m.account_id, m.id FROM told t JOIN tenancy_membership m ON m.id = t.id
     WHERE m.confirmed_at IS NOT NULL AND m.starts_at <= now() AND (m.ends_at IS NULL OR m.ends_at > now());
END $$;
