using Holdfast.Core.Detection;
using Holdfast.Core.Escalation;
using Holdfast.Core.Situations;
using static Holdfast.Core.Tests.Escalation.PageCases;

namespace Holdfast.Core.Tests.Escalation;

/// <summary>Random lives of a page: whatever happens, a due page is attempted until acknowledged, exhausted or void.</summary>
public sealed class EscalationLoopTests
{
    private const int Lives = 4_000;

    [Fact]
    public void A_due_page_is_always_attempted_until_it_is_acknowledged_exhausted_or_void()
    {
        for (var seed = 1; seed <= Lives; seed++)
        {
            try
            {
                new Life(seed).Run();
            }
            catch (Exception e) when (e is not Xunit.Sdk.SkipException)
            {
                throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
            }
        }
    }

    /// <summary>A worker, a network and people, all at random.</summary>
    private sealed class Life(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly List<(PlannedAttempt Planned, int Tries, DateTimeOffset Due, Reach Reach, bool Open)> _sent = [];
        private DateTimeOffset _now = Noon;
        private Page _page = null!;

        public void Run()
        {
            Follow(EscalationDecisions.Start(new PageId(Guid.CreateVersion7(Noon)), Call(RandomLevel(), plan: RandomPlan()), _now), PageState.Void);
            for (var i = 0; i < 200 && _page.State is PageState.Running or PageState.Acknowledged; i++)
            {
                Pass();
                Act();
                Check();
            }

            Finish();
        }

        /// <summary>Left alone, with every way failing or not, it ends: no page runs for ever.</summary>
        private void Finish()
        {
            for (var i = 0; i < 2_000 && _page.State == PageState.Running; i++)
            {
                _now = _page.StepDueAt!.Value > _now ? _page.StepDueAt.Value : _now;
                Worker();
                Check();
            }

            Assert.NotEqual(PageState.Running, _page.State);
        }

        private void Pass() => _now += TimeSpan.FromSeconds(_random.Next(1, 1200));

        private void Act()
        {
            var before = _page;
            switch (_random.Next(20))
            {
                case 0:
                    Follow(EscalationDecisions.Acknowledge(_page, Ania, _now), before.State);
                    Assert.DoesNotContain(_sent, s => s.Open);
                    break;
                case 1:
                    Follow(EscalationDecisions.Take(_page, Call(RandomLevel(), _now, plan: RandomPlan()), _now), before.State);
                    Assert.True(_page.Level >= before.Level);
                    break;
                case 2 when _random.Next(5) == 0:
                    Follow(EscalationDecisions.Void(_page, VoidReason.Resolved), before.State);
                    break;
                case 3:
                    Follow(EscalationDecisions.Lapse(_page, null, _random.Next(2) == 0 ? _now : null, _now), before.State);
                    break;
                default:
                    Worker();
                    break;
            }
        }

        private void Worker()
        {
            var due = _page.State == PageState.Running && _page.StepDueAt <= _now;
            var before = _page;
            var count = _sent.Count;
            Follow(EscalationDecisions.Step(_page, null, _now), before.State);
            if (due && _page.State == PageState.Running && before.Plan.Steps.Skip(before.Step).Any(s => s.Whom.Count > 0))
            {
                Assert.True(_sent.Count > count, "a due step told nobody");
            }

            foreach (var index in Enumerable.Range(0, _sent.Count).Where(i => _sent[i].Open && _sent[i].Due <= _now).ToList())
            {
                Send(index);
            }
        }

        private void Send(int index)
        {
            var (planned, tries, _, _, open) = _sent[index];
            if (!open || EscalationDecisions.MaySend(_page, planned.Cause, SituationState.Open, _now) != SendReason.Send)
            {
                _sent[index] = _sent[index] with { Open = false };
                return;
            }

            Delivery delivery = _random.Next(4) switch
            {
                0 => Delivery.Confirmed("250"),
                1 => Delivery.Unknown("lost"),
                2 => Delivery.Rejected(DeliveryFailure.Busy, true, "451"),
                _ => Delivery.Rejected(DeliveryFailure.RecipientRefused, false, "550"),
            };
            var others = _sent.Where((s, i) => i != index && s.Planned.Round >= planned.Round)
                .Select(s => new StandingAttempt(s.Planned.Step, s.Planned.Round, s.Planned.Cause, s.Reach)).ToList();
            var settled = EscalationDecisions.Settle(_page, planned.Sent(tries), delivery, others, _now);
            _sent[index] = (planned, tries + 1, settled.RetryAt ?? _now, delivery.State == DeliveryState.Rejected ? Reach.Failed : Reach.Reached, settled.RetryAt is not null);
            Follow(settled.Page, _page.State);
        }

        private void Follow(PageDecision decision, PageState before)
        {
            if (before is PageState.Void && _page is not null)
            {
                Assert.Empty(decision.Attempts);
            }

            if (decision.CancelQueued)
            {
                for (var i = 0; i < _sent.Count; i++)
                {
                    _sent[i] = _sent[i] with { Open = false };
                }
            }

            _page = decision.Page;
            _sent.AddRange(decision.Attempts.Select(a => (a, 0, a.DueAt, Reach.Pending, true)));
        }

        private void Check()
        {
            Assert.Equal(_page.State == PageState.Running, _page.StepDueAt is not null);
            Assert.True(_page.StepDueAt is null || _page.StepDueAt <= _now + TimeSpan.FromMinutes(15), "the next step is too far away");
            Assert.True(_page.State != PageState.Acknowledged || _page.Owner is not null, "an acknowledgement without an owner");
            Assert.True(_page.State == PageState.Void == _page.VoidReason is not null);
            Assert.InRange(_page.Round, 1, _page.Plan.Rounds + 1);
        }

        private Level RandomLevel() => (Level)_random.Next(3, 6);

        private PagePlan RandomPlan() => Plan with
        {
            Rounds = _random.Next(1, 4),
            Steps = [.. Plan.Steps.Select(s => s with
            {
                Whom = [.. s.Whom.Where(_ => _random.Next(4) > 0).Select(c => Contact(c.Person, _random.Next(2) == 0 ? [PageWay.Mail] : [PageWay.Mail, PageWay.Outbox]))],
            })],
        };
    }
}
