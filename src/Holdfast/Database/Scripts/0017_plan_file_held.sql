-- Under a freeze what a plan brings is kept, and held: its page says how many.
alter table plan_file add column held int not null default 0;        -- of its posts; the others are as they were wished
