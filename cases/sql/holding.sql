-- Does an authority hold a case that is at work? One bit, for project staff who close the authority; never which case, or how many.
CREATE FUNCTION cases_held_by(an_authority uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT systems_oversees(access_membership()) THEN
        RAISE EXCEPTION 'only project staff close authorities' USING ERRCODE = 'WB403';
    END IF;
    RETURN EXISTS (
        SELECT 1 FROM cases_case c WHERE c.owner_id = an_authority AND c.status NOT IN ('closed', 'archived')
    );
END $$;
