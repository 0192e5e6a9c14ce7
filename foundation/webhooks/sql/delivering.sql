-- Claims and ends of deliveries, for workers, who do it before and after they act for the system. Of a delivery they learn what has
-- to be sent and with which (encrypted) secrets; whether the system sees the root they ask acting as the system.

-- Takes the delivery that has been due for longest, of a subscription of which none is in hand and that is not left in peace, and
-- begins an attempt. What is told of the same by deliveries that nobody has begun is folded into the one that is taken: their changes
-- are committed, so whoever reads after this delivery reads them. One that was tried before takes nothing up, since its receiver may
-- know its id already.
CREATE FUNCTION webhooks_claim(a_lease double precision)
RETURNS TABLE (
    delivery_id uuid, token uuid, subscription_id uuid, account_id uuid, membership_id uuid, url text, event text, kind text, root uuid,
    audience int, created_at timestamptz, attempts int, secret bytea, master text, former_secret bytea, former_master text
) LANGUAGE plpgsql ROWS 1 AS $$
#variable_conflict use_column
DECLARE
    of_subscription uuid;
    taken webhooks_delivery%ROWTYPE;
    more int;
    begins timestamptz := clock_timestamp();
BEGIN
    SELECT s.id INTO of_subscription
      FROM webhooks_subscription s
      CROSS JOIN LATERAL (
          SELECT w.due_at FROM webhooks_delivery w
           WHERE w.subscription_id = s.id AND w.state = 'waiting' AND w.due_at <= begins ORDER BY w.due_at LIMIT 1
      ) oldest
     WHERE s.revoked_at IS NULL AND s.off_at IS NULL AND s.paused_at IS NULL AND (s.quiet_until IS NULL OR s.quiet_until <= begins)
       AND NOT EXISTS (SELECT 1 FROM webhooks_delivery h WHERE h.subscription_id = s.id AND h.state = 'sending')
     ORDER BY oldest.due_at LIMIT 1
       FOR NO KEY UPDATE OF s SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    UPDATE webhooks_delivery d
       SET state = 'sending', leased_until = begins + make_interval(secs => a_lease), token = gen_random_uuid(),
           attempts = d.attempts + 1
     WHERE d.id = (SELECT w.id FROM webhooks_delivery w
                    WHERE w.subscription_id = of_subscription AND w.state = 'waiting' AND w.due_at <= begins
                    ORDER BY w.due_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
    RETURNING d.* INTO taken;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF taken.attempts = 1 AND taken.resent = 0 AND taken.root IS NOT NULL THEN
        WITH gone AS (
            DELETE FROM webhooks_delivery d
             WHERE d.id IN (SELECT w.id FROM webhooks_delivery w
                             WHERE w.subscription_id = of_subscription AND w.state = 'waiting' AND w.attempts = 0 AND w.resent = 0
                               AND w.root = taken.root AND w.event = taken.event AND w.audience IS NOT DISTINCT FROM taken.audience
                               FOR UPDATE SKIP LOCKED)
            RETURNING 1
        )
        SELECT count(*) INTO more FROM gone;
        UPDATE webhooks_delivery d SET folded = d.folded + more WHERE d.id = taken.id AND more > 0;
    END IF;
    INSERT INTO webhooks_attempt (id, delivery_id, token, started_at, verdict, cause)
    VALUES (gen_random_uuid(), taken.id, taken.token, begins, '', '');
    RETURN QUERY
    SELECT taken.id, taken.token, s.id, m.account_id, m.id, s.url::text, taken.event::text, taken.kind::text, taken.root,
           taken.audience, taken.created_at, taken.attempts::int, s.secret, s.master::text,
           CASE WHEN s.former_until > begins THEN s.former_secret END, s.former_master::text
      FROM webhooks_subscription s JOIN tenancy_membership m ON m.id = s.membership_id
     WHERE s.id = of_subscription;
END $$;

-- Writes down how an attempt ended, unless somebody else has the delivery by now. ``a_state`` is what becomes of the delivery, 'waiting'
-- until ``a_due``. A receiver that answered is as good as new, and what waits for another attempt goes at once; one that failed is left
-- in peace, longer each time; after ``a_patience`` without any delivery the subscription is switched off, and so it is when ``is_gone``.
-- Tells the lines of the inbox that this wrote, for mails to follow.
CREATE FUNCTION webhooks_finish(
    a_delivery uuid, a_token uuid, a_state text, a_verdict text, a_status int, a_cause text, some_milliseconds int, an_outcome text,
    a_due timestamptz, a_patience interval, is_gone boolean
) RETURNS TABLE (notice_id uuid, account_id uuid, membership_id uuid) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    ends timestamptz := clock_timestamp();
    s webhooks_subscription%ROWTYPE;
    why text;
    stands boolean;
BEGIN
    SELECT * INTO s FROM webhooks_subscription x
     WHERE x.id = (SELECT d.subscription_id FROM webhooks_delivery d WHERE d.id = a_delivery) FOR NO KEY UPDATE;
    UPDATE webhooks_attempt t
       SET ended_at = ends, verdict = a_verdict, status = a_status, cause = a_cause, milliseconds = some_milliseconds
     WHERE t.token = a_token;
    stands := s.revoked_at IS NULL AND s.off_at IS NULL AND s.paused_at IS NULL;
    IF a_state = 'waiting' AND NOT stands THEN
        a_state := 'dropped';
    END IF;
    -- It waits again when its lease ran out meanwhile; as long as nobody took it up, this is still its end.
    UPDATE webhooks_delivery d
       SET state = a_state, leased_until = NULL, outcome = left(an_outcome, 80), due_at = coalesce(a_due, d.due_at),
           ended_at = CASE WHEN a_state <> 'waiting' THEN ends END
     WHERE d.id = a_delivery AND d.token = a_token AND d.state IN ('sending', 'waiting');
    IF NOT FOUND OR a_state = 'dropped' THEN
        RETURN;
    END IF;
    IF a_verdict = 'sent' THEN
        IF s.failures > 0 THEN
            UPDATE webhooks_delivery d SET due_at = ends WHERE d.subscription_id = s.id AND d.state = 'waiting' AND d.due_at > ends;
        END IF;
        UPDATE webhooks_subscription x SET sent_at = ends, failures = 0, failing_since = NULL, quiet_until = NULL WHERE x.id = s.id;
        RETURN;
    END IF;
    UPDATE webhooks_subscription x
       SET failures = x.failures + 1, failing_since = coalesce(x.failing_since, ends),
           quiet_until = ends + make_interval(secs => least(5 * 2 ^ least(x.failures, 8), 900))
     WHERE x.id = s.id;
    why := CASE WHEN is_gone THEN 'gone' WHEN s.failing_since < ends - a_patience THEN 'failing' END;
    IF why IS NOT NULL AND stands THEN
        RETURN QUERY SELECT * FROM webhooks_switch_off(s.id, why);
    END IF;
END $$;

-- The product itself switches a subscription off: what waits is dropped, and the administrators of the partner are told.
CREATE FUNCTION webhooks_switch_off(a_subscription uuid, a_why text)
RETURNS TABLE (notice_id uuid, account_id uuid, membership_id uuid) LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    UPDATE webhooks_subscription s SET off_at = clock_timestamp(), off_why = a_why WHERE s.id = a_subscription;
    UPDATE webhooks_delivery d SET state = 'dropped', ended_at = clock_timestamp(), outcome = 'switched off'
     WHERE d.subscription_id = a_subscription AND d.state = 'waiting';
    RETURN QUERY
    WITH told AS (
        SELECT m.id, m.account_id FROM webhooks_subscription s JOIN tenancy_membership m
            ON systems_administers(s.membership_id, m.id)
         WHERE s.id = a_subscription AND m.role = 'partner_administrator'
    ), written AS (
        INSERT INTO notifications_notice (id, membership_id, kind, root, at)
        SELECT gen_random_uuid(), t.id, CASE a_why WHEN 'gone' THEN 'systems.webhook.gone' ELSE 'systems.webhook.off' END, NULL, now()
          FROM told t
        RETURNING id, membership_id
    )
    SELECT w.id, t.account_id, w.membership_id FROM written w JOIN told t ON t.id = w.membership_id;
END $$;

-- Gives the claims of workers that are no more back; how many. The receiver may have it: it is sent again, under the same id.
CREATE FUNCTION webhooks_release() RETURNS int LANGUAGE sql AS $$
    WITH lost AS (
        SELECT d.id, d.token FROM webhooks_delivery d WHERE d.state = 'sending' AND d.leased_until < clock_timestamp()
         FOR NO KEY UPDATE SKIP LOCKED
    ), waits AS (
        UPDATE webhooks_delivery d SET state = 'waiting', leased_until = NULL, outcome = 'worker lost' FROM lost WHERE d.id = lost.id
    ), ended AS (
        UPDATE webhooks_attempt t SET ended_at = clock_timestamp(), verdict = 'unanswered', cause = 'worker lost'
          FROM lost WHERE t.token = lost.token AND t.ended_at IS NULL
    )
    SELECT count(*)::int FROM lost
$$;

-- Numbers for technical administrators: subscriptions by standing, and deliveries by state. Nothing of whose they are.
CREATE FUNCTION webhooks_standing()
RETURNS TABLE (
    active bigint, failing bigint, paused bigint, off bigint, waiting bigint, overdue bigint, retried bigint, given_up bigint,
    oldest_due_at timestamptz
) LANGUAGE plpgsql STABLE ROWS 1 AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM tenancy_membership m WHERE m.id = access_membership() AND m.role = 'technical_administrator'
    ) THEN
        RAISE EXCEPTION 'only technical administrators read how webhooks stand' USING ERRCODE = 'WB403';
    END IF;
    RETURN QUERY
    SELECT s.active, s.failing, s.paused, s.off, d.waiting, d.overdue, d.retried, d.given_up, d.oldest_due_at
      FROM (
          SELECT count(*) FILTER (WHERE off_at IS NULL AND paused_at IS NULL) AS active,
                 count(*) FILTER (WHERE off_at IS NULL AND paused_at IS NULL AND failing_since IS NOT NULL) AS failing,
                 count(*) FILTER (WHERE off_at IS NULL AND paused_at IS NOT NULL) AS paused,
                 count(*) FILTER (WHERE off_at IS NOT NULL) AS off
            FROM webhooks_subscription WHERE revoked_at IS NULL
      ) s, (
          SELECT count(*) FILTER (WHERE state IN ('waiting', 'sending')) AS waiting,
                 count(*) FILTER (WHERE state = 'waiting' AND due_at <= now()) AS overdue,
                 count(*) FILTER (WHERE state = 'waiting' AND attempts > 0) AS retried,
                 count(*) FILTER (WHERE state = 'failed') AS given_up,
                 min(due_at) FILTER (WHERE state = 'waiting' AND due_at <= now()) AS oldest_due_at
            FROM webhooks_delivery
      ) d;
END $$;
