-- The ledger of reasons (access_share) is projected into guardian's table (access_rootgrant: one row per principal and level) and
-- into the array of undated readers on the root. A projection stands as long as one live reason stands. Run by each migration that
-- changes what is projected.

CREATE OR REPLACE FUNCTION access_project(a_root uuid, a_principal int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    a_level int;
    undated boolean;
    latest timestamptz;
BEGIN
    -- One at a time per root: each later statement then reads what whoever was faster left behind, and no reason is overlooked.
    PERFORM 1 FROM access_root r WHERE r.id = a_root FOR NO KEY UPDATE;
    FOR a_level IN 1..3 LOOP
        SELECT bool_or(s.until IS NULL), max(s.until) INTO undated, latest
          FROM access_share s
         WHERE s.root_id = a_root AND s.principal_id = a_principal AND s.revoked_at IS NULL AND s.level >= a_level;
        IF undated IS NULL THEN
            DELETE FROM access_rootgrant g
             WHERE g.content_object_id = a_root AND g.group_id = a_principal AND g.level = a_level;
        ELSE
            INSERT INTO access_rootgrant (group_id, permission_id, content_object_id, level, kind, opened_at, sort_at, until)
            SELECT a_principal, p.id, r.id, a_level, r.kind, r.opened_at, r.sort_at, CASE WHEN undated THEN NULL ELSE latest END
              FROM access_root r, auth_permission p
              JOIN django_content_type c ON c.id = p.content_type_id AND c.app_label = 'access' AND c.model = 'root'
             WHERE r.id = a_root AND p.codename = (ARRAY['view_root', 'contribute_root', 'manage_root'])[a_level]
            ON CONFLICT (group_id, permission_id, content_object_id) DO UPDATE SET until = excluded.until;
        END IF;
    END LOOP;
    UPDATE access_root r
       SET acl = CASE
           WHEN EXISTS (SELECT 1 FROM access_rootgrant g WHERE g.content_object_id = a_root AND g.group_id = a_principal
                           AND g.level = 1 AND g.until IS NULL)
           THEN array_append(array_remove(r.acl, a_principal), a_principal)
           ELSE array_remove(r.acl, a_principal)
       END
     WHERE r.id = a_root;
END $$;

CREATE OR REPLACE FUNCTION access_share_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a share is revoked, never deleted' USING ERRCODE = 'WB409';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.revoked_at IS NOT NULL
           OR (to_jsonb(OLD) - ARRAY['revoked_at', 'revoked_by_id']) <> (to_jsonb(NEW) - ARRAY['revoked_at', 'revoked_by_id']) THEN
            RAISE EXCEPTION 'a share is revoked once, never changed' USING ERRCODE = 'WB409';
        END IF;
    END IF;
    PERFORM access_project(NEW.root_id, NEW.principal_id);
    PERFORM access_changed(NEW.root_id, NULL, NEW.principal_id, NULL);
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER access_share_is_projected AFTER INSERT OR UPDATE OR DELETE ON access_share
    FOR EACH ROW EXECUTE FUNCTION access_share_changed();
