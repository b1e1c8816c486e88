-- What freezes did must stand on the timeline of every situation that was open in the brands they covered. Written by the freeze's row
-- itself, so that no way of freezing can forget it; a timeline is written with its situation locked, and a freeze must wait for
-- none: so the rows here are taken to the timelines in a second step, each once, however often that is begun.
create table freeze_certificate (                    -- signed texts that are kept: the complete one, and one before it where that took long
  id         uuid primary key,
  freeze_id  uuid        not null references "freeze" on delete cascade,
  sha256     text        not null,                   -- of the signed text, hexadecimal
  open       int         not null,                   -- posts of which nobody knew yet; 0: complete
  signed     text        not null,                   -- Freezing: SignedCertificate, as it is downloaded
  made_at    timestamptz not null
);
create unique index freeze_certificate_once on freeze_certificate (freeze_id, (open = 0));

create table freeze_entry (
  id           bigint generated always as identity primary key,
  freeze_id    uuid        not null references "freeze" on delete cascade,
  situation_id uuid        not null references situation,
  kind         text        not null,                 -- Placed, LiftAsked, Lifted, Certified
  at           timestamptz not null,
  who          text        not null,                 -- Core: Actor
  reason       text        not null,
  certificate_id uuid      references freeze_certificate on delete cascade,
  told         boolean     not null default false
);
create index freeze_entry_untold on freeze_entry (situation_id, id) where not told;
create index freeze_entry_freeze on freeze_entry (freeze_id);

-- The situations a freeze is of: open ones of the brands that have something in its scope.
create function situations_of_freeze(f "freeze") returns setof uuid language sql stable as $$
  select s.id from situation s
  where s.merged_into is null and s.state in ('Candidate', 'Open', 'Contained')
    and (s.id = f.situation_id
      or ((f.scope_brand is null or s.brand_id = f.scope_brand)
        and (f.scope_account is null or s.brand_id = (select brand_id from account where id = f.scope_account))
        and (f.scope_network is null or exists (select from account a where a.brand_id = s.brand_id and a.network = f.scope_network))))
$$;

create function note_freeze() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into freeze_entry (freeze_id, situation_id, kind, at, who, reason)
    select new.id, s, 'Placed', new.placed_at, new.placed_by, new.reason from situations_of_freeze(new) s order by s;
  else
    insert into freeze_entry (freeze_id, situation_id, kind, at, who, reason)
    select new.id, e.situation_id, case when new.lifted_at is null then 'LiftAsked' else 'Lifted' end,
      coalesce(new.lifted_at, now()), coalesce(new.lifted_by, new.lift_asked_by), new.lift_reason
    from freeze_entry e where e.freeze_id = new.id and e.kind = 'Placed' order by e.situation_id;
  end if;
  return null;
end $$;

create trigger freeze_placed after insert on "freeze" for each row execute function note_freeze();
create trigger freeze_lifted after update on "freeze" for each row
  when ((old.lift_asked_by, old.lifted_at) is distinct from (new.lift_asked_by, new.lifted_at) and new.lift_reason is not null)
  execute function note_freeze();

insert into freeze_entry (freeze_id, situation_id, kind, at, who, reason)
select f.id, s, 'Placed', f.placed_at, f.placed_by, f.reason from "freeze" f, situations_of_freeze(f) s where f.lifted_at is null order by f.epoch;
