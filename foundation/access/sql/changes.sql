-- The feed of changes: one row for each change, appended in the transaction that changes. It says that something changed, never what.
-- Rows are ordered by transaction and key (docs/adr/0024-changes-in-the-order-of-transactions.md): an instant of a row says nothing
-- about when it could first be read.

-- Writes one row. Called by functions and triggers that run as the owner: for a change of a root and its audience (nobody: everyone who
-- sees the root), for a share that a principal was given or lost, for an appointment of a membership.
CREATE FUNCTION access_changed(a_root uuid, an_audience int, a_principal int, a_membership uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO access_change (xid, at, root, audience, principal, membership)
    VALUES (pg_current_xact_id()::text::bigint, clock_timestamp(), a_root, an_audience, a_principal, a_membership);
END $$;

-- Offices are filled and left by the runtime role itself, which may not write rows of the feed.
CREATE FUNCTION access_office_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM access_changed(NULL, NULL, NULL, NEW.membership_id);
    RETURN NULL;
END $$;

CREATE TRIGGER access_office_is_noted AFTER INSERT OR UPDATE ON tenancy_officeholder
    FOR EACH ROW EXECUTE FUNCTION access_office_changed();

-- Through whom the acting membership sees, saw or will see, and from when until when.
CREATE FUNCTION access_holdings() RETURNS TABLE (principal int, since timestamptz, until timestamptz)
LANGUAGE plpgsql STABLE ROWS 4 SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    SELECT k.principal, greatest(m.starts_at, m.confirmed_at), coalesce(m.ends_at, 'infinity')
      FROM tenancy_membership m
      JOIN tenancy_authority u ON u.id = m.authority_id
      JOIN tenancy_partner p ON p.id = u.partner_id
     CROSS JOIN LATERAL (VALUES (m.group_id), (u.group_id), (p.group_id)) k(principal)
     WHERE m.id = access_membership() AND m.confirmed_at IS NOT NULL
     UNION ALL
    SELECT o.group_id, greatest(h.starts_at, h.confirmed_at), coalesce(h.ends_at, 'infinity')
      FROM tenancy_officeholder h
      JOIN tenancy_office o ON o.id = h.office_id
     WHERE h.membership_id = access_membership() AND h.confirmed_at IS NOT NULL;
END $$;

-- Could the acting membership see the root at any time until now? The ledger knows. Nothing is said of what it never could see.
-- A share's instants are those at which transactions began: one that waited ends what was given after its beginning, and that was seen.
-- Only what one transaction both gave and took was never there.
CREATE FUNCTION access_once_saw(a_root uuid) RETURNS boolean LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM access_holdings() h
          JOIN access_share s ON s.root_id = a_root AND s.principal_id = h.principal
         CROSS JOIN LATERAL (
             SELECT CASE WHEN s.revoked_at < s.granted_at THEN s.granted_at + interval '1 microsecond' ELSE s.revoked_at END AS ended
         ) e
         WHERE greatest(s.granted_at, h.since) <= now()
           AND greatest(s.granted_at, h.since) < least(s.until, e.ended, h.until)
    );
END $$;
