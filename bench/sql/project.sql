-- The whole projection at once, by the rules of access_project(): a row for each principal and level that one unrevoked share
-- reaches, undated when one of these is undated, else until the last of them ends; and the undated readers on the root.
INSERT INTO access_root (id, kind, reference, title, folded, opened_at, sort_at, acl)
SELECT n.id, n.kind, n.reference, n.title, n.folded, n.opened_at, n.sort_at, coalesce(s.readers, '{}')
  FROM new_root n
  LEFT JOIN (
      SELECT root_id, array_agg(DISTINCT principal_id) AS readers
        FROM access_share WHERE revoked_at IS NULL AND until IS NULL GROUP BY root_id
  ) s ON s.root_id = n.id
 ORDER BY n.opened_at;

INSERT INTO access_rootgrant (group_id, permission_id, content_object_id, level, kind, opened_at, sort_at, until)
SELECT s.principal_id, p.id, r.id, l.level, r.kind, r.opened_at, r.sort_at, CASE WHEN bool_or(s.until IS NULL) THEN NULL ELSE max(s.until) END
  FROM access_share s
  JOIN (VALUES (1, 'view_root'), (2, 'contribute_root'), (3, 'manage_root')) l (level, codename) ON s.level >= l.level
  JOIN auth_permission p ON p.codename = l.codename
  JOIN django_content_type c ON c.id = p.content_type_id AND c.app_label = 'access' AND c.model = 'root'
  JOIN access_root r ON r.id = s.root_id
 WHERE s.revoked_at IS NULL
 GROUP BY s.principal_id, p.id, r.id, l.level;
