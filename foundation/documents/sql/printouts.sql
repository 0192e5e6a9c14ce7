-- Every file that a row knows. A new table with the columns of Stored is added here, or its files are neither checked nor kept.
CREATE OR REPLACE FUNCTION documents_files()
RETURNS TABLE (location uuid, root uuid, size bigint, sha256 text, wrapped_key bytea) LANGUAGE sql STABLE AS $$
    SELECT v.location, v.root_id, v.size, v.sha256::text, v.wrapped_key FROM documents_documentversion v
    UNION ALL
    SELECT p.location, p.root_id, p.size, p.sha256::text, p.wrapped_key FROM documents_printout p WHERE p.location IS NOT NULL
$$;

-- Whether a file with this fingerprint was sealed here: its code and the instant, nothing of what it is or whose. Whoever asks holds
-- the file, or could not know its fingerprint. Also for files that were replaced since, and for readers who lost their sight.
CREATE FUNCTION documents_sealed(a_fingerprint text) RETURNS TABLE (code text, sealed_at timestamptz) LANGUAGE sql STABLE AS $$
    SELECT p.code::text, p.ended_at FROM documents_printout p
     WHERE p.fingerprint = a_fingerprint AND a_fingerprint ~ '^[0-9a-f]{64}$'
$$;
