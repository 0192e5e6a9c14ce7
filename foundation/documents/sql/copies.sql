-- Does the caller see this document: its root, and where it has one, the audience?
CREATE FUNCTION documents_sees(a_document uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT access_membership() IS NOT NULL AND EXISTS (
        SELECT 1 FROM documents_document d
         WHERE d.id = a_document AND access_reaches(d.root_id, 1)
           AND (d.audience_id IS NULL OR d.audience_id = ANY (access_principals())))
$$;

-- Notes of which version a document is a copy, once: for whoever sees both documents and contributes where the copy stands.
CREATE FUNCTION documents_link_copy(a_copy uuid, a_version uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT documents_sees(a_copy)
       OR NOT EXISTS (SELECT 1 FROM documents_document d WHERE d.id = a_copy AND access_reaches(d.root_id, 2))
       OR NOT EXISTS (SELECT 1 FROM documents_documentversion v WHERE v.id = a_version AND documents_sees(v.document_id)) THEN
        RAISE EXCEPTION 'no such document' USING ERRCODE = 'WB404';
    END IF;
    INSERT INTO documents_copylink (copy_id, version) VALUES (a_copy, a_version);
END $$;

-- The document of which this one is a copy, for whoever sees both; nothing for anybody else.
CREATE FUNCTION documents_origin(a_copy uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT v.document_id FROM documents_copylink l JOIN documents_documentversion v ON v.id = l.version
     WHERE l.copy_id = a_copy AND documents_sees(a_copy) AND documents_sees(v.document_id)
$$;

-- A copy of this version that stands under that root, for whoever sees both; nothing for anybody else.
CREATE FUNCTION documents_copy_under(a_version uuid, a_root uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT d.id FROM documents_copylink l
      JOIN documents_document d ON d.id = l.copy_id
      JOIN documents_documentversion v ON v.id = l.version
     WHERE l.version = a_version AND d.root_id = a_root AND d.withdrawn_at IS NULL
       AND documents_sees(d.id) AND documents_sees(v.document_id)
     ORDER BY d.received_at LIMIT 1
$$;
