-- What waits for an answer, what is stated, who approved which words.
create table reply_item (                            -- a post somebody should answer; its row is also the lock of who answers it
  brand_id   uuid        not null references brand on delete cascade,
  post_id    uuid        not null,
  situation_id uuid      references situation,
  level      smallint    not null,
  heard_at   timestamptz not null,                   -- by our clock; how long it has waited is counted from here
  duty       text        not null,                   -- Core: DutyKind; whose it is now
  clock_at   timestamptz,                            -- when it goes one duty up
  state      text        not null,                   -- Core: ReplyState
  assigned_to uuid,
  taken_by   uuid,
  taken_until timestamptz,
  snoozed_until timestamptz,
  ended_by   uuid,
  ended_at   timestamptz,
  note       text,
  answer_id  uuid        references scheduled_post,
  primary key (brand_id, post_id)
);
create index reply_item_open on reply_item (brand_id, level desc, heard_at) where state = 'Open';
create index reply_item_clock on reply_item (clock_at) where clock_at is not null;
create index reply_item_answer on reply_item (answer_id) where answer_id is not null;

create table reply_seen (                            -- up to where the mentions of a brand have been put into the queue
  brand_id uuid        primary key references brand on delete cascade,
  seen_at  timestamptz not null
);

create table statement (
  id         uuid primary key,
  brand_id   uuid        not null references brand on delete cascade,
  situation_id uuid      references situation,       -- null: prepared for one that may come
  kind       text        not null,                   -- Core: TemplateKind
  cause      text        not null,                   -- Core: CrisisCause
  level      smallint    not null,                   -- whose approval it needs
  versions   jsonb       not null,                   -- Core: StatementVersion
  writers    uuid[]      not null,                   -- none of them approves it
  state      text        not null,                   -- Core: StatementState
  steps      jsonb       not null default '[]',      -- Core: ApprovalStep, with the people as they were when it was asked
  ask_expires_at timestamptz,
  glass      jsonb,                                  -- Core: BrokenGlass
  released_by uuid,
  pass_reason text,                                  -- why it passes a freeze
  published_at timestamptz,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index statement_situation on statement (situation_id);
create index statement_brand on statement (brand_id, changed_at desc);
create index statement_waiting on statement (changed_at) where state = 'Waiting';
create index scheduled_post_statement on scheduled_post (statement_id) where statement_id is not null;

create table statement_approval (                    -- someone's word on the exact text with this hash; only grows
  id         uuid primary key,
  statement_id uuid      not null references statement on delete cascade,
  person_id  uuid,
  guest      text,
  guest_for  text,                                   -- Core: DutyKind
  content    text        not null,
  granted    boolean     not null,
  reason     text,
  at         timestamptz not null,
  expires_at timestamptz not null
);
create index statement_approval_statement on statement_approval (statement_id);

create table approval_link (                         -- one outsider, for one text and one time
  id         uuid primary key,
  statement_id uuid      not null references statement on delete cascade,
  content    text        not null,                   -- the words it was given for
  duty       text        not null,
  name       text        not null,
  mail       text        not null,
  language   text        not null,
  asked_by   uuid        not null,
  expires_at timestamptz not null,
  used_at    timestamptz
);
create table approval_token (                        -- only the hash is kept; a mail that is sent again brings another token
  token_hash bytea primary key,
  link_id    uuid        not null references approval_link on delete cascade
);

create table response_origin (                       -- what a person said about where a situation began
  situation_id uuid primary key references situation,
  post_id    uuid,                                   -- null: the first post of its signals
  override_reason text,                              -- statements need not wait for the answer there
  override_by uuid,
  override_at timestamptz
);

create table deletion (                              -- a public post or comment that somebody wants gone: kept here for ever
  id         uuid primary key,
  brand_id   uuid        not null references brand on delete cascade,
  situation_id uuid      references situation,
  post_id    uuid,                                   -- somebody's post; null: one of ours
  scheduled_post_id uuid references scheduled_post,
  snapshot   jsonb       not null,
  reason     text        not null,
  asked_by   uuid        not null,
  asked_at   timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  agreed     boolean,
  decision_reason text
);
create index deletion_brand on deletion (brand_id, asked_at desc);

create table community_mark (                        -- people who defend or help us
  brand_id   uuid        not null references brand on delete cascade,
  network    text        not null,
  author_id  text        not null,
  handle     text        not null,
  kind       text        not null,                   -- Defender, Helper
  post_id    uuid,                                   -- the post it was said of
  note       text,
  marked_by  uuid        not null,
  marked_at  timestamptz not null,
  thanked_at timestamptz,
  briefed_at timestamptz,
  invited_at timestamptz,
  primary key (brand_id, network, author_id)
);
