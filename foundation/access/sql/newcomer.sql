-- For the preview of a share: a principal that holds a copy of one live share and nothing else, and the context in which it looks.
-- It is a number below nought: no group, no membership and no account stands behind it, and no group can ever have it. Who may:
-- managers of the root, so it shows nothing that they do not see themselves; no audience is its own, so it reads what is for everyone.
CREATE FUNCTION access_newcomer(a_share uuid) RETURNS TABLE (principal int, membership uuid) LANGUAGE plpgsql AS $$
DECLARE
    the_share access_share%ROWTYPE;
    a_grant access_rootgrant%ROWTYPE;
BEGIN
    SELECT * INTO the_share FROM access_share s
     WHERE s.id = a_share AND s.revoked_at IS NULL AND (s.until IS NULL OR s.until > now());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such share' USING ERRCODE = 'WB404';
    END IF;
    PERFORM access_demand(the_share.root_id, 3);
    principal := -1 - floor(random() * 2147483646)::int;
    membership := gen_random_uuid();
    -- The whole row, whatever columns it has, under a key of its own: no number of the sequence is used up.
    FOR a_grant IN
        SELECT * FROM access_rootgrant g
         WHERE g.content_object_id = the_share.root_id AND g.group_id = the_share.principal_id AND g.level <= the_share.level
    LOOP
        a_grant.id := principal::bigint * 4 - a_grant.level;
        a_grant.group_id := principal;
        a_grant.until := now() + interval '1 hour';
        INSERT INTO access_rootgrant SELECT (a_grant).*;
    END LOOP;
    PERFORM set_config('wbcj.principals', ARRAY[principal]::text, true),
            set_config('wbcj.membership', membership::text, true);
    RETURN NEXT;
END $$;

-- What a newcomer was given is undone with its savepoint; a transaction that still has it at its end does not commit.
CREATE FUNCTION access_newcomer_stays_not() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a newcomer lives in a savepoint alone' USING ERRCODE = 'WB403';
END $$;

CREATE CONSTRAINT TRIGGER access_newcomer_stays_not AFTER INSERT OR UPDATE ON access_rootgrant
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.group_id < 0) EXECUTE FUNCTION access_newcomer_stays_not();
