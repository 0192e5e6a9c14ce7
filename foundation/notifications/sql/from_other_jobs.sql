-- Mails about signing in, and welcomes, that wait or were given up as jobs become deliveries; the jobs end, since their tasks are no more.
INSERT INTO notifications_delivery (id, key, channel, letter, subject, account, membership, state, due_at, created_at, attempts, resent,
                                    ended_at, outcome)
SELECT gen_random_uuid(), key, 'mail', CASE task WHEN 'partners.tasks.mail_welcome' THEN 'welcome' ELSE 'sign-in' END,
       subject, account, membership, CASE WHEN failed_at IS NULL THEN 'waiting' ELSE 'failed' END, due_at, created_at, attempts, 0,
       failed_at, outcome
  FROM jobs_job
 WHERE task IN ('partners.tasks.mail_welcome', 'wbcj.tasks.mail_happening') AND done_at IS NULL;

UPDATE jobs_job SET done_at = now(), failed_at = NULL, leased_until = NULL, outcome = 'became a delivery'
 WHERE task IN ('partners.tasks.mail_welcome', 'wbcj.tasks.mail_happening') AND done_at IS NULL;
