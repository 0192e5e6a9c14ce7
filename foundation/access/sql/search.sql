-- Places of the newest roots whose folded reference and title hold every word, after a place or from the beginning. Row security would
-- keep the words out of an index, so this runs as the owner: for the principals of the transaction's context, never for others, and
-- it gives keys alone, whose rows come through the policies as ever.
-- Nothing tells beforehand whether a word is common: statistics are kept from a table with row security. So the newest thousand that
-- the principals see are read first. A common word fills the page with them. One that came up now and then is worth a longer walk; a
-- rare one is looked up among all roots, whose few hits are then held against the principals.
-- A word of one or two letters counts at the beginning of a word.
CREATE OR REPLACE FUNCTION access_search(
    some_words text[], some_kinds text[], after_at timestamptz, after_root uuid, a_limit int, some_walks int[] DEFAULT '{1000,8000}'
) RETURNS TABLE (placed_at timestamptz, root uuid) LANGUAGE plpgsql STABLE ROWS 51 SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    principals int[] := access_principals();
    patterns text[] := '{}';
    lookup text := '';
    a_word text;
    plain text;
    a_walk int;
    seen int;
    found_at timestamptz[];
    found_roots uuid[];
BEGIN
    IF access_membership() IS NULL OR coalesce(array_length(some_words, 1), 0) NOT BETWEEN 1 AND 8
       OR length(array_to_string(some_words, '')) > 400 THEN
        RETURN;
    END IF;
    FOREACH a_word IN ARRAY some_words LOOP
        plain := replace(replace(replace(a_word, '\', '\\'), '%', '\%'), '_', '\_');
        IF length(a_word) < 3 THEN
            patterns := patterns || ('% ' || plain || '%');
            lookup := lookup || format(' AND (r.folded LIKE %L OR r.folded LIKE %L)', plain || '%', '% ' || plain || '%');
        ELSE
            patterns := patterns || ('%' || plain || '%');
            lookup := lookup || format(' AND r.folded LIKE %L', '%' || plain || '%');
        END IF;
    END LOOP;
    FOREACH a_walk IN ARRAY some_walks LOOP
        SELECT count(*), array_agg(w.placed_at) FILTER (WHERE m.matches), array_agg(w.root) FILTER (WHERE m.matches)
          INTO seen, found_at, found_roots
          FROM access_places('activity', principals, some_kinds, after_at, after_root, a_walk) w
          JOIN access_root r ON r.id = w.root
         CROSS JOIN LATERAL (SELECT ' ' || r.folded LIKE ALL (patterns) AS matches) m;
        IF seen < a_walk OR coalesce(array_length(found_roots, 1), 0) >= a_limit THEN
            RETURN QUERY SELECT * FROM unnest(found_at, found_roots) ORDER BY 1 DESC, 2 DESC LIMIT a_limit;
            RETURN;
        END IF;
        -- Too few to hope that the longest walk fills the page.
        EXIT WHEN coalesce(array_length(found_roots, 1), 0)::bigint * some_walks[array_upper(some_walks, 1)] < a_limit::bigint * a_walk;
    END LOOP;
    RETURN QUERY EXECUTE format(
        'SELECT DISTINCT g.sort_at, g.content_object_id FROM access_root r JOIN access_rootgrant g ON g.content_object_id = r.id'
        ' WHERE g.level = 1 AND g.group_id = ANY (%L::int[]) AND g.kind = ANY (%L::text[]) AND (g.until IS NULL OR g.until > now())'
        ' AND (g.sort_at, g.content_object_id) < (%L::timestamptz, %L::uuid)%s ORDER BY 1 DESC, 2 DESC LIMIT %L::int',
        principals, some_kinds, coalesce(after_at, 'infinity'), coalesce(after_root, 'ffffffff-ffff-ffff-ffff-ffffffffffff'),
        lookup, a_limit
    );
END $$;
