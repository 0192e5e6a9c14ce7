-- An authority is closed once, for good, and nobody is appointed there beyond its end. These triggers stand for the run-time role.

CREATE FUNCTION partners_guard_closing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.closed_at IS NOT DISTINCT FROM OLD.closed_at THEN
        RETURN NEW;
    END IF;
    IF OLD.closed_at <= now() OR NEW.closed_at IS NULL THEN
        RAISE EXCEPTION 'an authority is closed once' USING ERRCODE = 'WB409';
    END IF;
    IF EXISTS (
        SELECT 1 FROM tenancy_membership m
         WHERE m.authority_id = NEW.id AND (m.ends_at IS NULL OR m.ends_at > NEW.closed_at AND m.ends_at > m.starts_at)
    ) THEN
        RAISE EXCEPTION 'somebody is appointed there beyond that moment' USING ERRCODE = 'WB409';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION partners_guard_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM tenancy_authority u WHERE u.id = NEW.authority_id AND u.closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the authority is closed, or its end is set' USING ERRCODE = 'WB409';
    END IF;
    RETURN NEW;
END $$;
