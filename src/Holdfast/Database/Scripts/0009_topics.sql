-- Topics are remembered whole, so that any node goes on with them; people name, join and part them.
alter table topic
  add posts    real   not null default 0,            -- what lies far back counts less
  add written  text[] not null default '{}',         -- beside terms (the stems): as most people write it
  add uses     real[] not null default '{}',         -- beside terms: in how many of its posts
  add named_by uuid,                                 -- a person gave it its name; it keeps it
  add together boolean not null default false,       -- a person said that all in it is one thing
  add apart    uuid[] not null default '{}',         -- topics of which a person said that they are another thing
  add merged_at timestamptz;

create table topic_background (                      -- what is known of words besides the topics
  brand_id uuid primary key references brand on delete cascade,
  version  bigint not null,                          -- counts up with every change of the brand's topics
  posts    real   not null default 0,
  stems    text[] not null default '{}',
  uses     real[] not null default '{}'
);
