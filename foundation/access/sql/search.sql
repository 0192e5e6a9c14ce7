-- Places of the newest roots whose folded reference and title hold every word, after a place or from the beginning. Row security would
-- keep the words out of the index, so this runs as the owner: for the principals of the transaction's context, never for others, and
-- it gives keys alone, whose rows come through the policies as ever. One arm per principal, with every value written out: only then
-- can the planner choose between walking what the principal sees and looking the words up, and it chooses anew each time.
-- A word of one or two letters has no three letters to look up, so it counts at the beginning of a word.
CREATE OR REPLACE FUNCTION access_search(some_words text[], some_kinds text[], after_at timestamptz, after_root uuid, a_limit int)
RETURNS TABLE (placed_at timestamptz, root uuid) LANGUAGE plpgsql STABLE ROWS 51 AS $$
DECLARE
    arms text[] := '{}';
    words text := '';
    a_word text;
    plain text;
    principal int;
    a_kind text;
BEGIN
    IF access_membership() IS NULL OR coalesce(array_length(some_words, 1), 0) NOT BETWEEN 1 AND 8
       OR length(array_to_string(some_words, '')) > 400 THEN
        RETURN;
    END IF;
    FOREACH a_word IN ARRAY some_words LOOP
        plain := replace(replace(replace(a_word, '\', '\\'), '%', '\%'), '_', '\_');
        IF length(a_word) < 3 THEN
            words := words || format(' AND (r.folded LIKE %L OR r.folded LIKE %L)', plain || '%', '% ' || plain || '%');
        ELSE
            words := words || format(' AND r.folded LIKE %L', '%' || plain || '%');
        END IF;
    END LOOP;
    FOREACH principal IN ARRAY access_principals() LOOP
        FOREACH a_kind IN ARRAY some_kinds LOOP
            arms := arms || format(
                '(SELECT g.sort_at, g.content_object_id FROM access_rootgrant g JOIN access_root r ON r.id = g.content_object_id'
                ' WHERE g.group_id = %L::int AND g.level = 1 AND g.kind = %L AND (g.until IS NULL OR g.until > now())'
                ' AND (g.sort_at, g.content_object_id) < (%L::timestamptz, %L::uuid)%s'
                ' ORDER BY g.sort_at DESC, g.content_object_id DESC LIMIT %L::int)',
                principal, a_kind, coalesce(after_at, 'infinity'), coalesce(after_root, 'ffffffff-ffff-ffff-ffff-ffffffffffff'),
                words, a_limit
            );
        END LOOP;
    END LOOP;
    IF array_length(arms, 1) IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE array_to_string(arms, ' UNION ') || format(' ORDER BY 1 DESC, 2 DESC LIMIT %L::int', a_limit);
END $$;
