-- Reading the projection, with the caller's rights: its row policy stands behind each of these. They are functions so that a session
-- plans them once; written into each statement, their planning would cost more than the work. No plan depends on who asks: each goes
-- by an index that begins with the principal or with the root. The plan is forced, else each call would be planned for its principals.

-- Does one of the transaction's principals hold a live dated share? Asked by the policy of roots for what no undated share opens.
CREATE FUNCTION access_dated(a_root uuid) RETURNS boolean LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    -- A variable hides them from the planner, who would else choose a plan for the first actor's numbers and keep it for all.
    principals int[] := access_principals();
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM access_rootgrant g
         WHERE g.content_object_id = a_root AND g.level = 1 AND g.group_id = ANY (principals) AND g.until > now()
    );
END $$;

-- Does the acting membership hold this level on the root, now?
CREATE FUNCTION access_reaches(a_root uuid, a_level int) RETURNS boolean LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    principals int[] := access_principals();
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM access_rootgrant g
         WHERE g.content_object_id = a_root AND g.level = a_level AND g.group_id = ANY (principals)
           AND (g.until IS NULL OR g.until > now())
    );
END $$;

-- Keys of the newest roots of some kinds that these principals see, after a place or from the beginning: one index-only reading per
-- principal and kind, then the newest of all of them.
CREATE FUNCTION access_newest(some_principals int[], some_kinds text[], after_at timestamptz, after_root uuid, a_limit int)
RETURNS SETOF uuid LANGUAGE plpgsql STABLE ROWS 51 SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    -- Plain variables: row security lets no expression around them into the index condition.
    place_at timestamptz := coalesce(after_at, 'infinity');
    place_root uuid := coalesce(after_root, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
BEGIN
    RETURN QUERY
    SELECT k.content_object_id
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
END $$;
