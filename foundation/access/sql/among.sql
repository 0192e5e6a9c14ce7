-- Which of these roots does one of these principals hold at that level, now? For what stands under each line of a list: the wall is asked
-- once for all roots of the page. With the caller's rights, planned once (reading.sql), and by the index that begins with the root: a
-- plan made for the numbers of the principals walked all that a narrow one holds, for each line anew.
CREATE FUNCTION access_among(some_roots uuid[], a_level int, some_principals int[]) RETURNS SETOF uuid LANGUAGE plpgsql STABLE ROWS 50
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    SELECT among.root FROM unnest(some_roots) among(root)
     WHERE EXISTS (
         SELECT 1 FROM access_rootgrant g
          WHERE g.content_object_id = among.root AND g.level = a_level AND g.group_id = ANY (some_principals)
            AND (g.until IS NULL OR g.until > now())
         OFFSET 0
     );
END $$;
