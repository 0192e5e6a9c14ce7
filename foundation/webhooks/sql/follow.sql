-- What systems are told of: the rows of the feed of changes (access_change), looked at once more when the transaction that wrote them
-- ends. By then all that it gave and took is there: a root is told to those who see it then, in the same transaction, without a statement
-- of its own, and where nobody is subscribed for the price of one look.

-- Writes what has to be sent about one change of a root. Of a root that another partner has just shared it says that it was received,
-- to whom that is told, else that it was changed. Of several rows of one transaction it says it once. It waits a few seconds, for
-- more to come.
CREATE FUNCTION webhooks_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    a_kind text;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM webhooks_subscription s WHERE s.revoked_at IS NULL AND s.off_at IS NULL AND s.paused_at IS NULL) THEN
        RETURN NULL;
    END IF;
    SELECT r.kind INTO a_kind FROM access_root r WHERE r.id = NEW.root;
    INSERT INTO webhooks_delivery (
        id, subscription_id, event, kind, root, audience, state, created_at, due_at, folded, attempts, resent, outcome
    )
    SELECT gen_random_uuid(), t.subscription, t.event, a_kind, NEW.root, NEW.audience, 'waiting', now(),
           clock_timestamp() + interval '3 seconds', 0, 0, 0, ''
      FROM webhooks_told(NEW.root, a_kind, NEW.audience) t
     WHERE NOT EXISTS (
        SELECT 1 FROM webhooks_delivery d
         WHERE d.subscription_id = t.subscription AND d.created_at = now() AND d.root = NEW.root AND d.state = 'waiting'
           AND d.audience IS NOT DISTINCT FROM NEW.audience
     );
    RETURN NULL;
END $$;

-- The subscriptions of systems that see the root now and belong to the audience, and of which event each is told.
CREATE FUNCTION webhooks_told(a_root uuid, a_kind text, an_audience int) RETURNS TABLE (subscription uuid, event text)
LANGUAGE sql STABLE AS $$
    SELECT s.id, e.event
      FROM webhooks_subscription s
      JOIN tenancy_membership m ON m.id = s.membership_id
       AND m.confirmed_at IS NOT NULL AND m.starts_at <= now() AND (m.ends_at IS NULL OR m.ends_at > now())
      JOIN tenancy_account a ON a.id = m.account_id AND a.is_active
      JOIN tenancy_authority u ON u.id = m.authority_id
      JOIN tenancy_partner p ON p.id = u.partner_id
     CROSS JOIN LATERAL (
        SELECT ARRAY[m.group_id, u.group_id, p.group_id] || coalesce(array_agg(o.group_id), '{}') AS principals
          FROM tenancy_officeholder h JOIN tenancy_office o ON o.id = h.office_id
         WHERE h.membership_id = m.id AND h.confirmed_at IS NOT NULL AND h.starts_at <= now() AND (h.ends_at IS NULL OR h.ends_at > now())
     ) k
     CROSS JOIN LATERAL (
        SELECT CASE WHEN a_kind || '.received' = ANY (s.events) AND EXISTS (
            SELECT 1 FROM access_share g
              JOIN tenancy_membership gm ON gm.id = g.granted_by_id
              JOIN tenancy_authority gu ON gu.id = gm.authority_id
             WHERE g.root_id = a_root AND g.principal_id = ANY (k.principals) AND g.granted_at = now() AND gu.partner_id <> p.id
        ) THEN a_kind || '.received' ELSE a_kind || '.changed' END AS event
     ) e
     WHERE s.revoked_at IS NULL AND s.off_at IS NULL AND s.paused_at IS NULL AND e.event = ANY (s.events)
       AND (an_audience IS NULL OR an_audience = ANY (k.principals))
       AND EXISTS (SELECT 1 FROM access_rootgrant g WHERE g.content_object_id = a_root AND g.level = 1
                      AND g.group_id = ANY (k.principals) AND (g.until IS NULL OR g.until > now()))
$$;

CREATE CONSTRAINT TRIGGER webhooks_change_is_told AFTER INSERT ON access_change DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.root IS NOT NULL) EXECUTE FUNCTION webhooks_follow();
