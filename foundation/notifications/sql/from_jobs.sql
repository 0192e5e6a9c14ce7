-- Mails about notices that wait, or were given up, as jobs become deliveries; the jobs end, since their task is no more.
INSERT INTO notifications_delivery (id, key, channel, letter, subject, account, membership, state, due_at, created_at, attempts, resent,
                                    ended_at, outcome)
SELECT gen_random_uuid(), 'notice:' || subject, 'mail', 'notice', subject, account, membership,
       CASE WHEN failed_at IS NULL THEN 'waiting' ELSE 'failed' END, due_at, created_at, attempts, 0, failed_at, outcome
  FROM jobs_job
 WHERE task = 'foundation.notifications.tasks.mail_notice' AND done_at IS NULL;

UPDATE jobs_job SET done_at = now(), failed_at = NULL, leased_until = NULL, outcome = 'became a delivery'
 WHERE task = 'foundation.notifications.tasks.mail_notice' AND done_at IS NULL;
