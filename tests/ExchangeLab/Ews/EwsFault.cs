namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>A refusal of a whole request: a SOAP fault, sent with HTTP status 500.</summary>
internal sealed class EwsFault(string code, string text) : Exception(text)
{
    public string Code { get; } = code;

    /// <summary>Named values for MessageXml.</summary>
    public IReadOnlyList<(string Name, string Value)> Values { get; init; } = [];

    /// <summary>Line, position and violation, for bodies that the schema forbids.</summary>
    public (int Line, int Position, string Violation)? Schema { get; init; }

    /// <summary>A number instead of a code, as the out-of-office operation answers strangers.</summary>
    public int? Number { get; init; }

    public static EwsFault SchemaViolation(string violation, int line = 0, int position = 0) =>
        new("ErrorSchemaValidation", "The request failed schema validation: " + violation)
        {
            Schema = (line, position, violation),
        };
}
