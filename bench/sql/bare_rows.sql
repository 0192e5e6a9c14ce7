-- The rows of the tables without row security, and the indexes that a list without permission would have.
INSERT INTO bare.access_root SELECT * FROM access_root;
INSERT INTO bare.access_rootgrant OVERRIDING SYSTEM VALUE SELECT * FROM access_rootgrant;
INSERT INTO bare.cases_case SELECT * FROM cases_case;
CREATE INDEX newest ON bare.access_root (kind, sort_at DESC, id DESC);
CREATE INDEX opened ON bare.access_root (kind, opened_at DESC, id DESC);
