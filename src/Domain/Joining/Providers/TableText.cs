using System.Text.Json;
using System.Text.Json.Serialization;

namespace HybridCalendar.Domain.Joining.Providers;

/// <summary>
/// A table of providers as it is written: JSON, with comments. Lists are words with blanks between.
/// </summary>
internal sealed record TableText
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Providers of the table below that are not wanted.</summary>
    public string Without { get; init; } = "";

    /// <summary>
    /// Mail services whose users have numbers for names: all digits make no video address there.
    /// </summary>
    public string MailHosts { get; init; } = "";

    /// <summary>Words in what is written before a passcode, in lower case.</summary>
    public string PasscodeWords { get; init; } = "";

    /// <summary>Words in what is written before the number for video systems, in lower case.</summary>
    public string VideoWords { get; init; } = "";

    /// <summary>Words in what is written before a number for telephones, in lower case.</summary>
    public string PhoneWords { get; init; } = "";

    public IReadOnlyList<ProviderText> Providers { get; init; } = [];

    /// <exception cref="JsonException">The text is not such a table; the message says where.</exception>
    public static TableText Parse(string json) =>
        JsonSerializer.Deserialize<TableText>(json, Form) ?? throw new JsonException("The table is null.");
}

/// <param name="Name">Lower case letters, digits and hyphens; kept with targets, so never changed.</param>
internal sealed record ProviderText(string Name)
{
    /// <summary>Whose addresses those of digits are that stand beside its link and are nobody's.</summary>
    public string? Interop { get; init; }

    public IReadOnlyList<LinkText> Links { get; init; } = [];

    public IReadOnlyList<SipText> Sip { get; init; } = [];
}

/// <summary>See <see cref="LinkRule"/>.</summary>
/// <param name="Paths">See <see cref="PathPattern"/>; "/" is that of a host alone.</param>
internal sealed record LinkText(string Hosts, string Paths)
{
    /// <summary>The provider's name when it is left out.</summary>
    public string? Rule { get; init; }

    /// <summary>meeting, room or maybe.</summary>
    public string Leads { get; init; } = "meeting";

    public string Except { get; init; } = "";

    public string Needs { get; init; } = "";

    public string? Refuses { get; init; }

    public string? Id { get; init; }

    public string? Passcode { get; init; }

    /// <summary>id, passcode, or both.</summary>
    public string Beside { get; init; } = "";

    public string Dial { get; init; } = "";
}

/// <summary>See <see cref="SipRule"/>.</summary>
internal sealed record SipText(string Hosts)
{
    public string? Rule { get; init; }

    public string? User { get; init; }

    public bool Bare { get; init; }

    public string Beside { get; init; } = "";

    public string Dial { get; init; } = "{user}@{host}";
}
