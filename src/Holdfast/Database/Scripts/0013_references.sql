-- A post on a network is one of ours at most. Where two rows had been taken for the same one, at most one of them is it, and nobody
-- knows which was found only by asking: all but the first are unknown again, and a person decides.
update scheduled_post p set state = 'Unknown', network_ref = null, sent_at = null, outcome = 'What was taken for it is another post of this account.'
where p.network_ref is not null and p.purpose <> 'Deletion' and exists (
  select from scheduled_post q where q.account_id = p.account_id and q.purpose <> 'Deletion' and q.network_ref ->> 'id' = p.network_ref ->> 'id'
    and (q.sent_at, q.id) < (p.sent_at, p.id));
create unique index scheduled_post_reference on scheduled_post (account_id, (network_ref ->> 'id')) where network_ref is not null and purpose <> 'Deletion';
