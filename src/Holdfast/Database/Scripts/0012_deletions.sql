-- A deletion that two agreed on leaves like a post: as a row of its own (purpose Deletion) behind the same gate.
alter table deletion add column account_id uuid references account; -- its author, who can take it away; null: nobody here, it is done by hand
alter table deletion add column target jsonb;                       -- Core: PostReference
alter table deletion add column act_id uuid references scheduled_post;
alter table deletion add column ended_at timestamptz;               -- what became of it stands on the timeline
create index deletion_acting on deletion (act_id) where act_id is not null and ended_at is null;
