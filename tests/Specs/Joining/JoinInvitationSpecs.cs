using System.Reflection;
using System.Text.Json;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Joining.Providers;

namespace HybridCalendar.Specs.Joining;

/// <summary>
/// Invitations as programs and people write them, of this project's own: whole ones in invitations.json, and
/// links of every shape in links.txt, each in several surroundings.
/// </summary>
public class JoinInvitationSpecs
{
    private static readonly Dictionary<string, JsonElement> Invitations =
        JsonDocument.Parse(Resource("invitations.json")).RootElement.EnumerateArray()
            .ToDictionary(c => Text(c, "name")!);

    private static readonly JoinTargetFinder Finder = new(ProviderTable.Default);

    public static TheoryData<string> Names => [.. Invitations.Keys];

    public static TheoryData<string, string> Links =>
    [
        .. Resource("links.txt").Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' '))
            .Select(parts => (parts[0], parts[1])),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_best_way_to_join_an_invitation_is_found(string name)
    {
        var c = Invitations[name];
        var found = Finder.Find(new Invitation
        {
            Location = Text(c, "location"),
            Body = Text(c, "html") ?? Text(c, "text"),
            BodyFormat = Text(c, "html") is null ? BodyFormat.Text : BodyFormat.Html,
        });
        found.FirstOrDefault()?.Address.ShouldBe(Text(c, "best"));
        (found.Count == 0).ShouldBe(Text(c, "best") is null);
        if (found.Count > 0)
        {
            found[0].Provider.ShouldBe(Text(c, "provider") ?? found[0].Provider);
            found[0].MeetingId.ShouldBe(Text(c, "id") ?? found[0].MeetingId);
            found[0].Passcode.ShouldBe(Text(c, "passcode") ?? found[0].Passcode);
        }
    }

    [Theory]
    [MemberData(nameof(Links))]
    public void A_link_is_told_by_its_shape_wherever_it_stands(string rule, string link)
    {
        Invitation[] all =
        [
            new() { Location = link },
            new() { Location = $"Room 5; {link}" },
            new() { Body = $"Hello\r\n\r\nJoin: {link}.\r\n\r\nBye" },
            new() { Body = $"Hello\r\nJoin here<{link}>\r\n" },
            new() { Body = $"<p>Hello <a href='{link}'>Join</a></p>", BodyFormat = BodyFormat.Html },
        ];
        foreach (var invitation in all)
        {
            var best = Finder.Find(invitation).FirstOrDefault();
            (best?.Rule ?? "none").ShouldBe(rule);
            best?.Address.ShouldBe(link);
        }
    }

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var text = new StreamReader(stream);
        return text.ReadToEnd();
    }

    private static string? Text(JsonElement e, string name) =>
        e.TryGetProperty(name, out var value) ? value.GetString() : null;
}
