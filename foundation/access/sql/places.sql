-- The places of the roots of some kinds that these principals see, newest first in an order, after a place or from the beginning: one
-- index-only reading per principal and kind, then the newest of all of them. With the caller's rights, planned once (reading.sql).
CREATE OR REPLACE FUNCTION access_places(
    an_order text, some_principals int[], some_kinds text[], after_at timestamptz, after_root uuid, a_limit int
) RETURNS TABLE (placed_at timestamptz, root uuid)
LANGUAGE plpgsql STABLE ROWS 51 SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    -- Plain variables: row security lets no expression around them into the index condition.
    place_at timestamptz := coalesce(after_at, 'infinity');
    place_root uuid := coalesce(after_root, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
BEGIN
    IF an_order = 'activity' THEN
        RETURN QUERY
        SELECT k.sort_at, k.content_object_id
          FROM unnest(some_principals) principal
         CROSS JOIN unnest(some_kinds) a_kind
         CROSS JOIN LATERAL (
             SELECT g.sort_at, g.content_object_id FROM access_rootgrant g
              WHERE g.group_id = principal AND g.level = 1 AND g.kind = a_kind AND (g.until IS NULL OR g.until > now())
                AND (g.sort_at, g.content_object_id) < (place_at, place_root)
              ORDER BY g.sort_at DESC, g.content_object_id DESC
              LIMIT a_limit
         ) k
         GROUP BY k.sort_at, k.content_object_id
         ORDER BY k.sort_at DESC, k.content_object_id DESC
         LIMIT a_limit;
    ELSIF an_order = 'opened' THEN
        RETURN QUERY
        SELECT k.opened_at, k.content_object_id
          FROM unnest(some_principals) principal
         CROSS JOIN unnest(some_kinds) a_kind
         CROSS JOIN LATERAL (
             SELECT g.opened_at, g.content_object_id FROM access_rootgrant g
              WHERE g.group_id = principal AND g.level = 1 AND g.kind = a_kind AND (g.until IS NULL OR g.until > now())
                AND (g.opened_at, g.content_object_id) < (place_at, place_root)
              ORDER BY g.opened_at DESC, g.content_object_id DESC
              LIMIT a_limit
         ) k
         GROUP BY k.opened_at, k.content_object_id
         ORDER BY k.opened_at DESC, k.content_object_id DESC
         LIMIT a_limit;
    ELSE
        RAISE EXCEPTION 'no such order';
    END IF;
END $$;

-- How many roots of some kinds these principals see, counted no further than the cap.
CREATE OR REPLACE FUNCTION access_count(some_principals int[], some_kinds text[], a_cap int) RETURNS bigint
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN (
        SELECT count(*) FROM (
            SELECT DISTINCT k.content_object_id
              FROM unnest(some_principals) principal
             CROSS JOIN unnest(some_kinds) a_kind
             CROSS JOIN LATERAL (
                 SELECT g.content_object_id FROM access_rootgrant g
                  WHERE g.group_id = principal AND g.level = 1 AND g.kind = a_kind AND (g.until IS NULL OR g.until > now())
                  LIMIT a_cap
             ) k
             LIMIT a_cap
        ) counted
    );
END $$;
