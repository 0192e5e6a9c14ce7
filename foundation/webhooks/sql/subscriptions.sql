-- A subscription belongs to a system, and its address and events stay as they are; it is ended once. Holds for every role.
CREATE FUNCTION webhooks_guard_subscription() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    fixed text[] := ARRAY['id', 'membership_id', 'url', 'events', 'granted_at', 'granted_by_id'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT systems_is_system(NEW.membership_id) THEN
            RAISE EXCEPTION 'people are told by mail' USING ERRCODE = 'WB403';
        END IF;
        RETURN NEW;
    END IF;
    IF (SELECT bool_or(to_jsonb(OLD) -> name IS DISTINCT FROM to_jsonb(NEW) -> name) FROM unnest(fixed) name)
       OR (OLD.revoked_at IS NOT NULL AND (OLD.revoked_at, OLD.revoked_by_id) IS DISTINCT FROM (NEW.revoked_at, NEW.revoked_by_id))
       OR (OLD.off_why = 'gone' AND NEW.off_why <> 'gone') THEN
        RAISE EXCEPTION 'a subscription ends once, and its address stays' USING ERRCODE = 'WB409';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER webhooks_subscription_is_kept BEFORE INSERT OR UPDATE ON webhooks_subscription
    FOR EACH ROW EXECUTE FUNCTION webhooks_guard_subscription();

-- Does whoever acts administer the system of this subscription?
CREATE FUNCTION webhooks_administers(a_subscription uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM webhooks_subscription s
                    WHERE s.id = a_subscription AND systems_administers(s.membership_id, access_membership()))
$$;
