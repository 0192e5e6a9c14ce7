-- Each case reaches into the partner of the authority that brought it and into one more.
INSERT INTO cases_concernedpartner (id, root_id, partner_id)
SELECT gen_random_uuid(), c.root_id, u.partner_id FROM cases_case c JOIN tenancy_authority u ON u.id = c.owner_id
UNION ALL
SELECT gen_random_uuid(), c.root_id, (SELECT p.id FROM tenancy_partner p WHERE p.id <> u.partner_id ORDER BY p.position, p.code LIMIT 1)
  FROM cases_case c JOIN tenancy_authority u ON u.id = c.owner_id;
