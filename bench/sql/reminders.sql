-- So many reminders that are due, three of each task, ten tasks of each case, each of somebody who sees the case and may work on it.
CREATE TEMPORARY TABLE reader AS
SELECT row_number() OVER (ORDER BY m.id) - 1 AS number, m.id AS membership, m.account_id AS account, m.group_id AS principal
  FROM tenancy_membership m JOIN tenancy_account a ON a.id = m.account_id WHERE a.email LIKE '%@bench.example.org';

CREATE TEMPORARY TABLE root AS
SELECT gen_random_uuid() AS id, 'REMINDER-' || n AS reference, r.*
  FROM generate_series(1, greatest(:size / 30, 1)) n JOIN reader r ON r.number = n % (SELECT count(*) FROM reader);

INSERT INTO access_root (id, kind, reference, title, folded, opened_at, sort_at, acl)
SELECT id, 'case', reference, 'Measured', lower(reference), now(), now(), ARRAY[principal] FROM root;

INSERT INTO access_rootgrant (group_id, permission_id, content_object_id, level, kind, opened_at, sort_at)
SELECT t.principal, p.id, t.id, l.level, 'case', now(), now()
  FROM root t CROSS JOIN (VALUES (1, 'view_root'), (2, 'contribute_root')) AS l (level, codename)
  JOIN auth_permission p ON p.codename = l.codename;

CREATE TEMPORARY TABLE task AS
SELECT gen_random_uuid() AS id, t.id AS root, t.membership, t.account, t.principal, now() + make_interval(mins => 1440 + n) AS due_at
  FROM root t CROSS JOIN generate_series(1, 10) n;

INSERT INTO cases_task (id, root_id, assignee_id, title, text, due_at, given_at, given_by_id)
SELECT id, root, principal, 'Measured', '', due_at, now(), membership FROM task;

INSERT INTO notifications_reminder
       (id, kind, obligation, root, account, membership, days, due_at, given_at, planned_at, attempts, outcome)
SELECT gen_random_uuid(), 'cases.task.due', t.id, t.root, t.account, t.membership, d.days, t.due_at,
       now() - random() * interval '1 day', now(), 0, ''
  FROM task t CROSS JOIN (VALUES (7), (1), (0)) AS d (days) LIMIT :size;

-- Planned already, so that the planner has nothing to do but to look.
INSERT INTO notifications_planned (kind, due_at, obligation, planned_at)
SELECT DISTINCT kind, now() + interval '60 days', 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid, now() FROM notifications_offset;
DELETE FROM notifications_change;
