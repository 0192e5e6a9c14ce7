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
