-- How the papers fare, in numbers alone, by kind and language: printed and failed since an instant. Who may: project staff.
CREATE FUNCTION documents_printed(since timestamptz)
RETURNS TABLE (kind text, language text, printed bigint, failed bigint) LANGUAGE plpgsql STABLE ROWS 30 AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM tenancy_membership m
         WHERE m.id = access_membership() AND m.role IN ('programme_manager', 'technical_administrator')
    ) THEN
        RAISE EXCEPTION 'only project staff count papers' USING ERRCODE = 'WB403';
    END IF;
    RETURN QUERY
    SELECT p.kind::text, p.language::text, count(*) FILTER (WHERE p.state IN ('ready', 'replaced')), count(*) FILTER (WHERE p.state = 'failed')
      FROM documents_printout p WHERE p.ordered_at >= since
     GROUP BY p.kind, p.language;
END $$;
