-- A month's plan is kept while it is looked at and then taken in row by row: whoever began it may leave the page, and a server
-- that ends does not leave half of it.
alter table plan_file alter column taken_at drop not null;          -- null: only looked at so far
alter table plan_file add column read_at   timestamptz;
alter table plan_file add column content   bytea;                   -- null: ended
alter table plan_file add column wish      text;                    -- Publishing: PostWish
alter table plan_file add column done      int    not null default 0; -- of its posts
alter table plan_file add column done_line bigint not null default 0;
alter table plan_file add column kept      int    not null default 0;
alter table plan_file add column left_out  jsonb  not null default '[]'; -- [{line, refusal}]
alter table plan_file add column ended_at  timestamptz;
update plan_file set read_at = taken_at, ended_at = taken_at, done = posts, kept = posts;
alter table plan_file alter column read_at set not null;
create index plan_file_open on plan_file (taken_at) where taken_at is not null and ended_at is null;
