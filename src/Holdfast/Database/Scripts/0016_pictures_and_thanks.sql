-- Pictures from before where they were taken was removed at the door; null: nobody has looked yet, false: it cannot be removed.
alter table media add column stripped boolean;
create index media_unstripped on media (id) where stripped is null;

-- What was written to somebody who stands by us; null: done in another way, or before this was kept.
alter table community_mark add column thanked_post uuid references scheduled_post on delete set null;
alter table community_mark add column briefed_post uuid references scheduled_post on delete set null;
alter table community_mark add column invited_post uuid references scheduled_post on delete set null;

-- Never written: an answer to a freeze is given in the transaction that places it.
alter table "freeze" drop column answered_at;
