-- Reading the feed of changes (changes.sql). Rows come through the policy of their table; what it cannot say stands here: how far the
-- reading has walked, what ended by the clock alone, and what the acting membership saw once and sees no more. Everything is for the
-- membership of the transaction's context, never for another, and gives keys, kinds and instants alone.

-- Which life of the database this is. After a restore the transactions are counted anew, and what was told of the lost days did not
-- happen: a place that was given out before leads nowhere.
CREATE FUNCTION access_feed_life() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT left(md5(concat_ws('/', s.system_identifier, c.timeline_id, d.oid)), 12)
      FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d
     WHERE d.datname = current_database()
$$;

-- Below it every transaction is over, as this statement sees them: what they wrote is there for good, and nobody writes there any more.
-- Above it one may be at work that is older than what can be read already. Transactions that are known to be at work in another
-- database of the same server write nothing here and hold nothing up.
CREATE FUNCTION access_feed_horizon() RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
    now_running pg_snapshot := pg_current_snapshot();
    oldest xid8;
BEGIN
    SELECT min(x) INTO oldest FROM pg_snapshot_xip(now_running) x
     WHERE NOT EXISTS (
         SELECT 1 FROM pg_locks l
           JOIN pg_stat_activity a ON a.pid = l.pid
           JOIN pg_database d ON d.oid = a.datid AND d.datname <> current_database()
          WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted AND l.transactionid = x::xid
     );
    -- The own transaction is not among those at work, and is not over.
    RETURN least(coalesce(oldest, pg_snapshot_xmax(now_running)), pg_current_xact_id_if_assigned())::text::bigint;
END $$;

-- Where a walk of so many rows ends, none of them above the horizon.
CREATE FUNCTION access_feed_walk(after_xid bigint, after_id bigint, a_walk int)
RETURNS TABLE (horizon bigint, end_xid bigint, end_id bigint, end_at timestamptz, walked int)
LANGUAGE plpgsql STABLE ROWS 1 SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    horizon := access_feed_horizon();
    end_xid := after_xid;
    end_id := after_id;
    walked := 0;
    FOR end_xid, end_id, end_at IN
        SELECT c.xid, c.id, c.at FROM access_change c
         WHERE (c.xid, c.id) > (after_xid, after_id) AND c.xid < access_feed_walk.horizon
         ORDER BY c.xid, c.id
         LIMIT a_walk
    LOOP
        walked := walked + 1;
    END LOOP;
    IF walked = 0 THEN
        end_xid := after_xid;
        end_id := after_id;
    END IF;
    RETURN NEXT;
END $$;

-- Where to begin for what changed since an instant: an hour of rows earlier, since a row may be written that long before it can be read.
CREATE FUNCTION access_feed_since(an_instant timestamptz) RETURNS TABLE (xid bigint, id bigint)
LANGUAGE sql STABLE ROWS 1 AS $$
    SELECT c.xid, c.id FROM access_change c WHERE c.at < an_instant - interval '1 hour' ORDER BY c.at DESC LIMIT 1
$$;

-- The last instant after a given one, and not after now, at which the membership itself began or one of its offices was taken or left.
CREATE FUNCTION access_feed_turn(after_at timestamptz) RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
        SELECT max(t.at) FROM access_holdings() h CROSS JOIN LATERAL (VALUES (h.since), (h.until)) t(at)
         WHERE t.at > after_at AND t.at <= now()
    );
END $$;

-- Shares of the context's principals that ended by the clock after a place, in the order of their ends.
CREATE FUNCTION access_feed_ended(after_until timestamptz, after_share uuid, a_limit int)
RETURNS TABLE (until timestamptz, share uuid, root uuid) LANGUAGE plpgsql STABLE ROWS 20 SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    SELECT e.until, e.id, e.root_id
      FROM unnest(access_principals()) p
     CROSS JOIN LATERAL (
         SELECT s.until, s.id, s.root_id FROM access_share s
          WHERE s.principal_id = p AND s.revoked_at IS NULL AND s.until IS NOT NULL AND s.until <= now()
            AND (s.until, s.id) > (after_until, after_share)
          ORDER BY s.until, s.id
          LIMIT a_limit
     ) e
     ORDER BY e.until, e.id
     LIMIT a_limit;
END $$;

-- Shares that former offices of the membership held while it was in them, by office and key; as many are walked as the limit says.
-- Those that ended before an instant are passed by: what they opened was told to be gone long ago.
CREATE FUNCTION access_feed_former(after_principal int, after_share uuid, not_before timestamptz, a_limit int)
RETURNS TABLE (principal int, share uuid, root uuid, counts boolean) LANGUAGE plpgsql STABLE ROWS 20
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    SELECT f.principal, s.id, s.root_id, s.granted_at < f.until AND coalesce(least(s.until, s.revoked_at), 'infinity') > not_before
      FROM (
          SELECT h.principal, max(h.until) AS until FROM access_holdings() h
           WHERE h.principal >= after_principal AND h.until > not_before
           GROUP BY h.principal
          HAVING max(h.until) <= now()
      ) f
     CROSS JOIN LATERAL (
         SELECT x.id, x.root_id, x.granted_at, x.until, x.revoked_at FROM access_share x
          WHERE x.principal_id = f.principal
            AND x.id > CASE WHEN f.principal = after_principal THEN after_share ELSE '00000000-0000-0000-0000-000000000000' END
          ORDER BY x.id
          LIMIT a_limit
     ) s
     ORDER BY f.principal, s.id
     LIMIT a_limit;
END $$;

-- Which of these roots the acting membership saw once and sees no more, with their kinds.
CREATE FUNCTION access_feed_gone(some_roots uuid[]) RETURNS TABLE (root uuid, kind text) LANGUAGE plpgsql STABLE ROWS 20
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    SELECT r.id, r.kind::text FROM access_root r
     WHERE r.id = ANY (some_roots) AND NOT access_reaches(r.id, 1) AND access_once_saw(r.id);
END $$;

-- Deletes the oldest rows that were written before an instant, as many as asked for at most; how many. Nothing of the last week goes.
CREATE FUNCTION access_forget_changes(before timestamptz, at_most int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    gone int;
BEGIN
    DELETE FROM access_change WHERE id IN (
        SELECT c.id FROM access_change c WHERE c.at < least(before, now() - interval '7 days') ORDER BY c.at LIMIT at_most
    );
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
