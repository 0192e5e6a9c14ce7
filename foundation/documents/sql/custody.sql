-- One line of the custody record of a document that the caller sees: who and when come from the context and the clock, the fingerprint
-- from the version's own row. What the product found out itself is written by documents_checked.
CREATE FUNCTION documents_custody(a_document uuid, a_file uuid, an_act text, a_why text) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    the_document documents_document%ROWTYPE;
    the_print text := '';
    new_entry uuid := gen_random_uuid();
BEGIN
    SELECT * INTO the_document FROM documents_document d WHERE d.id = a_document;
    IF NOT FOUND OR access_membership() IS NULL OR NOT access_reaches(the_document.root_id, 1)
       OR (the_document.audience_id IS NOT NULL AND NOT the_document.audience_id = ANY (access_principals())) THEN
        RAISE EXCEPTION 'no such document' USING ERRCODE = 'WB404';
    END IF;
    IF an_act NOT IN ('received', 'viewed', 'downloaded', 'copied', 'exported') THEN
        RAISE EXCEPTION 'not an act of a person' USING ERRCODE = 'WB403';
    END IF;
    IF a_file IS NOT NULL THEN
        SELECT v.sha256 INTO the_print FROM documents_documentversion v WHERE v.id = a_file AND v.document_id = a_document;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'no such version' USING ERRCODE = 'WB404';
        END IF;
    END IF;
    INSERT INTO documents_custodyentry (id, root_id, audience_id, document_id, file_id, act, at, by_id, why, fingerprint)
    VALUES (new_entry, the_document.root_id, the_document.audience_id, a_document, a_file, an_act, clock_timestamp(),
            access_membership(), left(a_why, 300), the_print);
    RETURN new_entry;
END $$;
