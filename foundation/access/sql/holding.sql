-- Does one of these principals hold that level on the root, now? With the caller's rights, planned once (reading.sql): the planning of
-- the same written into the read of one record took longer than the reading. For many rows it stands in the statement (querysets.py).
CREATE OR REPLACE FUNCTION access_holds(a_root uuid, a_level int, some_principals int[]) RETURNS boolean LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM access_rootgrant g
         WHERE g.content_object_id = a_root AND g.level = a_level AND g.group_id = ANY (some_principals)
           AND (g.until IS NULL OR g.until > now())
    );
END $$;
