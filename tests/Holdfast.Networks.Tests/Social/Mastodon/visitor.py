"""Drives a Mastodon server through Debian's python3-mastodon and prints, as one JSON object, what it was told.

usage: visitor.py api URL | visitor.py stream URL TOKEN COUNT
"""
import json
import sys
from datetime import datetime, timedelta, timezone

from mastodon import Mastodon, MastodonAPIError, MastodonNotFoundError, MastodonUnauthorizedError, StreamListener

PNG = bytes([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) + b"not much of a picture"


def refused(act):
    try:
        act()
    except MastodonAPIError as error:
        return [type(error).__name__, error.args[1], error.args[-1]]
    return None


def api(url):
    told = {}
    client_id, client_secret = Mastodon.create_app("visitor", api_base_url=url)
    client = Mastodon(client_id=client_id, client_secret=client_secret, api_base_url=url)
    told["token"] = client.log_in("newsroom", "password", scopes=["read", "write", "follow"])
    me = client.account_verify_credentials()
    told["me"] = [str(me.id), me.acct, me.display_name]
    told["version"] = client.retrieve_mastodon_version()
    told["limit"] = client.instance().configuration.statuses.max_characters

    first = client.status_post("Hello from #Łódź, see https://www.example.org/a/long/way/to/go?x=1", language="pl", idempotency_key="visit-1")
    again = client.status_post("Something else", idempotency_key="visit-1")
    told["first"] = [str(first.id), str(again.id), first.content, first.visibility, first.language, first.url, [tag.name for tag in first.tags]]
    asked = client.status(client.timeline_hashtag("asked")[0].id)
    reply = client.status_reply(asked, "Yes.", visibility="unlisted", spoiler_text="An answer")
    told["reply"] = [str(reply.id), str(reply.in_reply_to_id), reply.content, reply.spoiler_text, reply.sensitive, [m.acct for m in reply.mentions]]
    second = client.status_reply(asked, "Since noon.", visibility="unlisted")
    deeper = client.status_reply(reply, "And more is coming.", visibility="unlisted")
    told["answers"] = [str(s.id) for s in (reply, deeper, second)]
    told["thread"] = [str(s.id) for s in client.status_context(asked.id).descendants]
    told["above"] = [str(s.id) for s in client.status_context(deeper.id).ancestors]

    picture = client.media_post(PNG, "image/png", description="Smoke", synchronous=True)
    shown = client.status_post("With a picture", media_ids=[picture])
    told["picture"] = [shown.media_attachments[0].description, shown.media_attachments[0].type, picture.url is not None]

    later = datetime.now(timezone.utc) + timedelta(hours=2)
    scheduled = client.status_post("Later", scheduled_at=later, visibility="private", spoiler_text="Soon")
    dropped = client.status_post("Dropped", scheduled_at=later)
    moved = client.scheduled_status_update(scheduled, later + timedelta(hours=1))
    client.scheduled_status_delete(dropped)
    told["scheduled"] = [[str(s.id), s.params.text, s.params.visibility, s.params.spoiler_text] for s in client.scheduled_statuses()]
    told["moved"] = (moved.scheduled_at - scheduled.scheduled_at).total_seconds()

    told["notifications"] = [[n.type, n.account.acct, str(n.status.id)] for n in client.notifications(types=["mention"])]
    told["home"] = [str(s.id) for s in client.timeline_home()]
    page = client.timeline_public(limit=2)
    told["pages"] = [len(page), len(client.fetch_next(page)), len(client.fetch_remaining(page))]
    found = client.search_v2("Hello from")
    told["found"] = [[str(s.id) for s in found.statuses], [a.acct for a in client.account_search("ola")]]

    told["source"] = client.status_source(first.id).text
    told["edited"] = str(client.status_update(first.id, "Hello again").edited_at is not None)
    client.status_delete(shown.id)
    told["gone"] = refused(lambda: client.status(shown.id))
    told["blank"] = refused(lambda: client.status_post(""))
    told["long"] = refused(lambda: client.status_post("a" * 501))
    told["soon"] = refused(lambda: client.status_post("Too soon", scheduled_at=datetime.now(timezone.utc) + timedelta(minutes=1)))
    told["nothing"] = refused(lambda: client.status_post("To nobody", in_reply_to_id=12))
    told["remaining"] = [client.ratelimit_limit, client.ratelimit_remaining < client.ratelimit_limit]
    told["stranger"] = refused(lambda: Mastodon(access_token="wrong", api_base_url=url).account_verify_credentials())
    return told


class Ear(StreamListener):
    def __init__(self, count):
        self.told, self.left = [], count

    def hear(self, what):
        self.told.append(what)
        self.left -= 1
        if self.left == 0:
            print(json.dumps(self.told))
            sys.stdout.flush()
            raise SystemExit

    def on_update(self, status):
        self.hear(["update", str(status.id), status.content])

    def on_status_update(self, status):
        self.hear(["edit", str(status.id), status.content])

    def on_delete(self, status_id):
        self.hear(["delete", str(status_id)])

    def on_notification(self, notification):
        self.hear([notification.type, str(notification.status.id), notification.account.acct])


if sys.argv[1] == "api":
    print(json.dumps(api(sys.argv[2])))
else:
    client = Mastodon(access_token=sys.argv[3], api_base_url=sys.argv[2])
    assert client.stream_healthy()
    client.stream_user(Ear(int(sys.argv[4])))
