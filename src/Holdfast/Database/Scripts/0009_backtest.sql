-- What people say of stretches of a brand's history, so that false alarms of any rules can be counted.
create table backtest_mark (
  id         uuid primary key,
  brand_id   uuid        not null references brand on delete cascade,
  from_at    timestamptz not null,                   -- event time of the alarm that was judged
  to_at      timestamptz not null,
  verdict    text        not null,                   -- Core: Verdict
  began_at   timestamptz,                            -- when it really began; null where nobody said
  marked_by  uuid        not null,
  marked_at  timestamptz not null
);
create unique index backtest_mark_stretch on backtest_mark (brand_id, from_at, to_at);
create index signal_shadow on signal (brand_id, raised_at) where shadow;

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

create table coordinated_post (                      -- possibly coordinated; a hint and no proof
  brand_id uuid     not null,
  post_id  uuid     not null,
  accounts smallint not null,                        -- that wrote nearly the same at nearly the same time
  odd      smallint not null,                        -- of them: that look made for it
  primary key (brand_id, post_id),
  foreign key (brand_id, post_id) references mention on delete cascade
);
