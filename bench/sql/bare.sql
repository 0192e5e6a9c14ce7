-- The same rows without row security, in a schema of their own: what the same work costs without permission. The runtime role works
-- on these as well, so that nothing but the walls differs; a list without permission has the index that it would have.
CREATE SCHEMA bare;
GRANT USAGE ON SCHEMA bare TO {runtime};
ALTER DEFAULT PRIVILEGES IN SCHEMA bare GRANT SELECT, INSERT ON TABLES TO {runtime};
CREATE TABLE bare.access_root (LIKE access_root INCLUDING ALL);
CREATE TABLE bare.access_rootgrant (LIKE access_rootgrant INCLUDING ALL);
CREATE TABLE bare.cases_case (LIKE cases_case INCLUDING ALL);
CREATE TABLE bare.audit_event (LIKE audit_event INCLUDING ALL);
ALTER TABLE bare.access_root ALTER COLUMN folded SET STATISTICS 1000;
