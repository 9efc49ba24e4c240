using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Organizations;
using HybridCalendar.Specs.Meetings;
using NodaTime;

namespace HybridCalendar.Specs.Organizations;

/// <summary>When Join buttons are up, as the organization has it.</summary>
public class OrganizationSpecs
{
    private static readonly Instant Now = Example.November(21);
    private static readonly JoinTimes Five = JoinTimes.Default;
    private static readonly JoinTimes Ten = new(Duration.FromMinutes(10), Duration.FromMinutes(3));

    [Fact]
    public void What_is_declared_for_the_first_time_is_recorded() =>
        Organization.Declare(null, Five, Five, Now).ShouldBe([new JoinTimesChanged(Five, Five) { At = Now }]);

    [Fact]
    public void What_is_declared_again_is_no_news() =>
        Organization.Declare(new Organization(Five, Ten), Five, Ten, Now).ShouldBeEmpty();

    [Fact]
    public void What_is_declared_otherwise_is_recorded()
    {
        Organization.Declare(new Organization(Five, Five), Five, Ten, Now)
            .ShouldBe([new JoinTimesChanged(Five, Ten) { At = Now }]);
        Organization.Declare(new Organization(Five, Five), Ten, Five, Now)
            .ShouldBe([new JoinTimesChanged(Ten, Five) { At = Now }]);
    }

    [Fact]
    public void The_last_declaration_holds()
    {
        var first = Organization.Evolve(null, new JoinTimesChanged(Ten, Ten) { At = Now });
        Organization.Evolve(first, new JoinTimesChanged(Five, Ten) { At = Now })
            .ShouldBe(new Organization(Five, Ten));
    }

    [Fact]
    public void A_mailbox_has_the_times_of_its_kind_but_for_its_own()
    {
        var organization = new Organization(Five, Ten);
        var hour = Duration.FromHours(1);

        organization.JoinTimesOf(MailboxKind.User, OwnJoinTimes.None).ShouldBe(Five);
        organization.JoinTimesOf(MailboxKind.Room, OwnJoinTimes.None).ShouldBe(Ten);
        organization.JoinTimesOf(MailboxKind.Room, new OwnJoinTimes(Lead: hour))
            .ShouldBe(Ten with { Lead = hour });
        organization.JoinTimesOf(MailboxKind.User, new OwnJoinTimes(Tail: hour))
            .ShouldBe(Five with { Tail = hour });
    }
}
