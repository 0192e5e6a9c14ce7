-- The key of a root, wrapped: the one that stands, or the one that is offered where there is none yet. Two who offer at once get the
-- same one. Whoever sees the root may call it, for they may keep a print of it; what is wrapped opens with the master key alone.
CREATE FUNCTION documents_root_key(a_root uuid, an_offer bytea, a_master text) RETURNS TABLE (wrapped bytea, master text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    IF access_membership() IS NULL OR NOT access_reaches(a_root, 1) THEN
        RETURN;
    END IF;
    INSERT INTO documents_rootkey (id, root_id, wrapped, master, made_at)
    VALUES (gen_random_uuid(), a_root, an_offer, a_master, now())
    ON CONFLICT (root_id) DO NOTHING;
    RETURN QUERY SELECT k.wrapped, k.master::text FROM documents_rootkey k WHERE k.root_id = a_root;
END $$;
