namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>A refusal of one part of a request: a response message of class Error.</summary>
internal sealed class EwsError(string code, string text) : Exception(text)
{
    public string Code { get; } = code;

    /// <summary>Named values for MessageXml.</summary>
    public IReadOnlyList<(string Name, string Value)> Values { get; init; } = [];

    public static EwsError ItemNotFound() =>
        new("ErrorItemNotFound", "The specified object was not found in the store.");

    public static EwsError Internal() => new(
        "ErrorInternalServerError", "An internal server error occurred. The operation failed.");

    public static EwsError MalformedId() => new("ErrorInvalidIdMalformed", "Id is malformed.");
}
