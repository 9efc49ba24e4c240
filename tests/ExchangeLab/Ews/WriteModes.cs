using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The words by which a client says who gets mail about what it writes.</summary>
internal static class WriteModes
{
    public static Sending OfCreation(string? mode) => mode switch
    {
        "SendToNone" => Sending.Nothing,
        "SendOnlyToAll" => new Sending(SendTo.All, false),
        "SendToAllAndSaveCopy" => new Sending(SendTo.All, true),
        null => throw new EwsError("ErrorSendMeetingInvitationsRequired",
            "The SendMeetingInvitations attribute is required for calendar items."),
        _ => throw Unknown("SendMeetingInvitations", mode),
    };

    public static Sending OfUpdate(string? mode) => mode switch
    {
        "SendToNone" => Sending.Nothing,
        "SendOnlyToAll" => new Sending(SendTo.All, false),
        "SendToAllAndSaveCopy" => new Sending(SendTo.All, true),
        "SendOnlyToChanged" => new Sending(SendTo.Changed, false),
        "SendToChangedAndSaveCopy" => new Sending(SendTo.Changed, true),
        null => throw new EwsError("ErrorSendMeetingInvitationsOrCancellationsRequired",
            "The SendMeetingInvitationsOrCancellations attribute is required for calendar items."),
        _ => throw Unknown("SendMeetingInvitationsOrCancellations", mode),
    };

    private static EwsFault Unknown(string name, string value) =>
        EwsFault.SchemaViolation($"The '{name}' attribute is invalid: '{value}'.");
}
